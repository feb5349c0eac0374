"""Rhythms of talks: what is one, what is none, and on which days it falls."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.talk_rhythm import (
    Rhythm,
    RhythmError,
    Wrong,
    is_workday,
    last_workday,
    monthly_on_day,
    monthly_on_weekday,
    next_workday,
    read_rule,
    weekly,
)
from accord.domain.working_time import ordinary

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 10, 12, 1, tzinfo=UTC)
TEN = time(10)


def days(rule: str, starts_on: date, count: int = 3) -> list[date]:
    moments = Rhythm(rule, starts_on, TEN, SHANGHAI).moments(NOW, ordinary)
    return [next(moments).slot.astimezone(SHANGHAI).date() for _ in range(count)]


def test_the_usual_rhythms_follow_from_the_first_talk() -> None:
    first = date(2026, 10, 14)
    assert days(weekly(first), first) == [date(2026, 10, day) for day in (14, 21, 28)]
    assert days(weekly(first, 2), first) == [date(2026, 10, 14), date(2026, 10, 28), date(2026, 11, 11)]
    assert days(monthly_on_weekday(first), first) == [date(2026, 10, 14), date(2026, 11, 11), date(2026, 12, 9)]
    assert monthly_on_weekday(date(2026, 10, 30)) == "FREQ=MONTHLY;BYDAY=-1FR"
    assert monthly_on_day(date(2026, 10, 12)) == "FREQ=MONTHLY;BYMONTHDAY=12"
    last = date(2026, 10, 31)
    assert days(monthly_on_day(last), last, 5)[1:] == [
        date(2026, 11, 30),
        date(2026, 12, 31),
        date(2027, 1, 31),
        date(2027, 2, 28),
    ]


@pytest.mark.parametrize(
    ("rule", "wrong"),
    [
        ("", Wrong.UNREADABLE),
        ("every week", Wrong.UNREADABLE),
        ("FREQ=WEEKLY;BYDAY=XX", Wrong.UNREADABLE),
        ("FREQ=WEEKLY;FREQ=MONTHLY", Wrong.UNREADABLE),
        ("FREQ=WEEKLY;DTSTART=20260101", Wrong.UNREADABLE),
        ("FREQ=FORTNIGHTLY", Wrong.UNREADABLE),
        ("FREQ=WEEKLY;INTERVAL=x", Wrong.UNREADABLE),
        ("FREQ=DAILY", Wrong.TOO_OFTEN),
        ("FREQ=SECONDLY", Wrong.TOO_OFTEN),
        ("FREQ=YEARLY", Wrong.TOO_SELDOM),
        ("FREQ=WEEKLY;INTERVAL=13", Wrong.TOO_SELDOM),
        ("FREQ=WEEKLY;UNTIL=20261011T000000Z", Wrong.ENDS_IN_PAST),
        ("FREQ=MONTHLY;COUNT=2", Wrong.ENDS_IN_PAST),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", Wrong.NEVER),
        ("FREQ=WEEKLY;BYDAY=" + "MO," * 80, Wrong.UNREADABLE),
    ],
)
def test_what_is_no_rhythm_says_why(rule: str, wrong: Wrong) -> None:
    with pytest.raises(RhythmError) as refused:
        read_rule(rule, date(2026, 2, 4), NOW, TEN, SHANGHAI)
    assert refused.value.wrong is wrong


def test_a_rule_ends_with_its_last_day_and_then_brings_nothing() -> None:
    rhythm = read_rule("rrule:freq=weekly;until=20261021t000000z", date(2026, 10, 14), NOW, TEN, SHANGHAI)
    assert [moment.slot.date() for moment in rhythm.moments(NOW, ordinary)] == [date(2026, 10, 14), date(2026, 10, 21)]
    assert rhythm.ahead(datetime(2026, 11, 1, tzinfo=UTC), NOW, ordinary) == []


def test_the_next_talk_counts_even_beyond_the_horizon() -> None:
    rhythm = Rhythm("FREQ=MONTHLY;BYDAY=-1FR", date(2026, 9, 25), TEN, SHANGHAI)
    assert len(rhythm.ahead(NOW, NOW + timedelta(days=1), ordinary)) == 1
    assert len(rhythm.ahead(NOW, NOW + timedelta(days=50), ordinary)) == 2


def test_days_off_are_stepped_over_backwards_and_never_into_the_past() -> None:
    free = {date(2026, 10, day) for day in range(12, 17)}

    def calendar(day: date) -> bool | None:
        return False if day in free else True if day == date(2026, 10, 10) else None

    assert last_workday(date(2026, 10, 14), calendar) == date(2026, 10, 10), "a Saturday worked instead"
    assert next_workday(date(2026, 10, 14), calendar) == date(2026, 10, 19)
    assert not is_workday(date(2026, 10, 14), calendar)
    rhythm = Rhythm("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", date(2026, 10, 14), TEN, SHANGHAI)
    (moment, *_) = rhythm.ahead(NOW, NOW, calendar)
    assert moment.planned.date() == date(2026, 10, 19), "the last working day before it is over"
    assert last_workday(date(2026, 10, 14), lambda _day: False) == date(2026, 10, 14), "a calendar without working days"


def planned_days(rule: str, free: set[date], count: int = 4) -> list[int]:
    rhythm = Rhythm(rule, date(2026, 10, 14), TEN, SHANGHAI)
    moments = rhythm.moments(NOW, lambda day: False if day in free else None)
    return [next(moments).planned.astimezone(SHANGHAI).day for _ in range(count)]


def test_a_talk_steps_aside_only_as_far_as_it_stays_nearest_to_its_own_day() -> None:
    wednesdays, leave = "FREQ=WEEKLY;BYDAY=WE", {date(2026, 10, 19) + timedelta(days=day) for day in range(12)}
    assert planned_days(wednesdays, {date(2026, 10, 21)}) == [14, 20, 28, 4]
    assert planned_days(wednesdays, leave) == [14, 4, 11, 18], "two are left out, and none is piled up beside the leave"
    assert planned_days("FREQ=MONTHLY;BYMONTHDAY=28", leave, 2) == [16, 27], "the 28th of November is a Saturday"
    assert planned_days("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", set(), 6) == [14, 15, 16, 19, 20, 21]


@given(st.dates(date(2024, 1, 1), date(2030, 1, 1)), st.sampled_from(["America/New_York", "Asia/Shanghai", "UTC"]))
def test_the_hour_holds_on_the_pairs_own_clock(first: date, zone: str) -> None:
    place = ZoneInfo(zone)
    rhythm = Rhythm(weekly(first), first, TEN, place)
    start = datetime.combine(first, time(), place)
    for moment in rhythm.ahead(start, start + timedelta(days=200), ordinary):
        local = moment.slot.astimezone(place)
        assert (local.time(), local.weekday()) == (TEN, first.weekday())
