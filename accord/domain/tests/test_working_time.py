"""Working time between two instants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.working_time import OFFICE_HOURS, SECOND, WorkingHours, WorkingTime

HOUR = 3600 * SECOND
_MOMENTS = st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2027-06-30"))


def national_day(day: date) -> bool | None:
    """1 to 7 October are off, Saturday the 10th is worked instead."""
    if date(2026, 10, 1) <= day <= date(2026, 10, 7):
        return False
    return True if day == date(2026, 10, 10) else None


WORK = WorkingTime(OFFICE_HOURS, national_day)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_breaks_evenings_and_weekends_are_no_working_time() -> None:
    assert WORK.between(at("2026-10-09 11:30"), at("2026-10-09 13:30")) == HOUR
    assert WORK.between(at("2026-09-25 17:00"), at("2026-09-28 10:00")) == 2 * HOUR
    assert WORK.between(at("2026-10-09 19:00"), at("2026-10-09 23:00")) == 0


def test_days_off_and_days_worked_instead() -> None:
    assert WORK.between(at("2026-09-30 17:00"), at("2026-10-08 10:00")) == 2 * HOUR
    # The Saturday has the hours of a Monday.
    assert WORK.between(at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 8 * HOUR
    assert WorkingTime().between(at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 0


def test_a_working_weekend_keeps_its_own_hours() -> None:
    shop = WorkingTime(WorkingHours({5: ((time(10), time(14)),), 6: ((time(20), time(0)),)}), national_day)
    assert shop.between(at("2026-10-10 00:00"), at("2026-10-11 00:00")) == 4 * HOUR
    assert shop.between(at("2026-10-11 00:00"), at("2026-10-12 00:00")) == 4 * HOUR
    assert WorkingTime(WorkingHours({}), lambda _day: True).between(at("2026-10-10"), at("2026-10-12")) == 0


def test_days_count_by_the_part_of_their_own_hours() -> None:
    assert WORK.days_between(at("2026-10-08 09:00"), at("2026-10-09 13:00")) == Fraction(11, 8)


@given(_MOMENTS, _MOMENTS, _MOMENTS)
def test_the_way_by_a_third_instant_is_as_long(one: datetime, two: datetime, three: datetime) -> None:
    assert WORK.between(one, two) + WORK.between(two, three) == WORK.between(one, three)
    assert WORK.days_between(one, two) + WORK.days_between(two, three) == WORK.days_between(one, three)


@given(_MOMENTS, st.timedeltas(timedelta(0), timedelta(days=40)), st.timedeltas(timedelta(0), timedelta(days=40)))
def test_later_is_never_less_and_never_more_than_the_clock(start: datetime, first: timedelta, more: timedelta) -> None:
    shorter, longer = WORK.between(start, start + first), WORK.between(start, start + first + more)
    assert 0 <= shorter <= longer
    assert shorter <= first // timedelta(microseconds=1)


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_a_whole_day_has_its_hours(day: date) -> None:
    start = datetime.combine(day, time())
    is_worked = bool(OFFICE_HOURS.of(day, national_day))
    assert WORK.between(start, start + timedelta(days=1)) == 8 * HOUR * is_worked
    assert WORK.days_between(start, start + timedelta(days=1)) == is_worked
