"""What an amendment touches, and how its numbers move."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from accord.domain.amendments import by_percent, in_proportion, line_points, next_beginning, touched
from accord.domain.periods import Frequency, Period
from accord.domain.scorecard import Card, Phase, score_card
from accord.domain.tests.scorecard_builders import FIRST, LAST, WEEK, line

days = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def test_a_change_begins_with_the_next_of_the_longest_periods() -> None:
    wednesday = date(2026, 11, 25)
    assert next_beginning([], wednesday) == date(2026, 11, 26)
    assert next_beginning([Frequency.WEEK], wednesday) == date(2026, 11, 30)
    assert next_beginning([Frequency.WEEK, Frequency.MONTH], wednesday) == date(2026, 12, 1)


def test_a_change_touches_the_period_it_falls_into_and_all_after_it() -> None:
    wednesday = date(2026, 11, 25)
    week, month = touched(date(2026, 11, 30), [Frequency.MONTH, Frequency.WEEK, Frequency.WEEK], wednesday)
    assert (week.first.label, week.over) == ("2026-W49", 0)
    assert (month.first.label, month.over) == ("2026-11", 0)
    [back] = touched(date(2026, 11, 8), [Frequency.WEEK], wednesday)
    assert (back.first.label, back.over) == ("2026-W45", 3)


def test_a_season_moves_with_its_target() -> None:
    season = [[2105700, 2105703, "30"], [2105704, 2105704, "10"]]
    assert in_proportion(season, Decimal(24), Decimal(18)) == [[2105700, 2105703, "22.5"], [2105704, 2105704, "7.5"]]
    assert in_proportion([[1, 1, "1"]], Decimal(3), Decimal(1)) == [[1, 1, "0.333333"]]


def test_a_percentage_is_rounded_to_the_decimals_of_the_metric() -> None:
    assert by_percent(Decimal("2.4"), Decimal(-10), 2) == Decimal("2.16")
    assert by_percent(Decimal("26"), Decimal(-10), 0) == Decimal("23")
    assert by_percent(Decimal("-5"), Decimal(10), 1) == Decimal("-5.5")


@given(days, days)
def test_what_is_touched_ends_on_the_day_or_later(effective_on: date, today: date) -> None:
    """A period that ended before the day belongs to what held before."""
    for each in touched(effective_on, Frequency, today):
        assert each.first.end >= effective_on
        assert (each.first - 1).end < effective_on
        over = [each.first + place for place in range(each.over)]
        assert all(period.end < today for period in over)
        assert each.over == 0 or (over[-1] + 1).end >= today


@given(days)
def test_nothing_that_is_over_is_touched_by_the_suggested_day(today: date) -> None:
    day = next_beginning([Frequency.WEEK, Frequency.MONTH], today)
    assert today < day <= today + timedelta(days=31)
    assert not any(each.over for each in touched(day, Frequency, today))
    assert Period.of(day, Frequency.MONTH).start == day


def test_a_line_comes_to_the_mean_of_its_phases_by_days() -> None:
    turn = date(2026, 11, 2)
    first = line([80] * 5, metric=1)
    second = line([90] * 3 + [None] * 4, first=WEEK + 5, metric=1, weight="0.6")
    bare = line([None] * 7, first=WEEK + 5, metric=2, weight="0.4")
    phases = (Phase(FIRST, turn - timedelta(days=1), (first,)), Phase(turn, LAST, (second, bare)))
    scored = score_card(Card(phases, on=date(2026, 11, 23)))
    assert line_points(scored) == {1: Decimal("83.96")}
