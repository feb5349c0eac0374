"""The back-test agrees with the rules themselves, series by series."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.alert_rules import Episode, episodes, falls, turning_points
from accord.domain.backtest import (
    GOOD,
    MISSED,
    NOT_JUDGED,
    Past,
    by_chance,
    falls_by_chance,
    per_month,
    try_falling,
    try_two_misses,
)
from accord.domain.periods import Frequency

PERIODS, SHOWN = 20, 8
rows = st.lists(
    st.lists(st.one_of(st.none(), st.integers(-30, 30)), min_size=PERIODS, max_size=PERIODS), min_size=1, max_size=4
)


def past(numbers: list[list[int | None]], lower_is_better: bool = False, target: int = 0) -> Past:
    """The past of some series; what is below the target was missed, what is far below is red."""
    values = np.array([[np.nan if one is None else float(one) for one in row] for row in numbers]).reshape(
        len(numbers), -1
    )
    judged = np.where(np.isnan(values), NOT_JUDGED, np.where(values < target, MISSED, GOOD)).astype(np.int8)
    return Past(values, judged, values < target - 10, lower_is_better, SHOWN)


def expected(found: list[list[Episode]]) -> tuple[list[tuple[int, int]], int, int]:
    """Where the alerts of the shown periods are, how many are settled, and how many of these recovered soon."""
    raised = sorted(
        (row, one.raised) for row, each in enumerate(found) for one in each if one.raised >= PERIODS - SHOWN
    )
    shown = [one for each in found for one in each if PERIODS - SHOWN <= one.raised < PERIODS - 2]
    return raised, len(shown), sum(one.cleared == one.raised + 2 for one in shown)


@given(rows)
def test_two_misses(numbers: list[list[int | None]]) -> None:
    histories = [[(at, one < 0) for at, one in enumerate(row) if one is not None] for row in numbers]
    trial = try_two_misses(past(numbers))
    found = [episodes(turning_points(history)) for history in histories]
    assert (list(trial.raised), trial.settled, trial.recovered) == expected(found)
    assert trial.counts == [sum(at == column for _, at in trial.raised) for column in range(PERIODS - SHOWN, PERIODS)]


@given(rows, st.booleans())
def test_falls(numbers: list[list[int | None]], lower_is_better: bool) -> None:
    values = [{at: Decimal(one) for at, one in enumerate(row) if one is not None} for row in numbers]
    trial = try_falling(past(numbers, lower_is_better))
    found = [episodes(falls(row, lower_is_better)) for row in values]
    assert (list(trial.raised), trial.settled, trial.recovered) == expected(found)


def test_lead_is_the_way_to_the_next_red_light():
    numbers: list[list[int | None]] = [[9] * 12 + [-1, -1, -1, -20, 9, 9, 9, 9], [9] * 12 + [-20, -20] + [9] * 6]
    trial = try_two_misses(past(numbers))
    assert (trial.reds, trial.lead) == (2, 1.0)
    assert (trial.judged, trial.missed) == (16, 6)
    assert try_two_misses(past([[9] * PERIODS])).lead is None


def test_what_chance_alone_would_raise():
    assert by_chance(110, 11) == 1.0
    assert by_chance(100, 0) == 0.0
    assert falls_by_chance(48) == 2.0


@pytest.mark.parametrize(
    ("frequency", "months"),
    [(Frequency.DAY, 13 / 30.4375), (Frequency.WEEK, 91 / 30.4375), (Frequency.MONTH, 13), (Frequency.QUARTER, 39)],
)
def test_alerts_a_month_and_manager(frequency: Frequency, months: float) -> None:
    assert per_month(26, 2, 13, frequency) == pytest.approx(13 / months)
    assert per_month(26, 0, 13, frequency) == 0
