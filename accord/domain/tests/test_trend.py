"""Falling trends: what counts as one, and how often mere noise looks like one."""

from decimal import Decimal
from fractions import Fraction
from math import factorial
from random import Random

import pytest

from accord.domain.trend import LEAST_HISTORY, falling, false_alarm_rate

STEADY = [100, 102, 99, 101, 98, 102, 100, 101, 99, 101]


def series(*values: float, first: int = 1) -> list[tuple[int, Decimal]]:
    return [(first + place, Decimal(str(value))) for place, value in enumerate(values)]


def test_three_declines_beyond_the_noise_are_a_trend() -> None:
    trend = falling(series(*STEADY, 95, 90, 84))
    assert trend is not None
    assert (trend.since, trend.until, trend.declines) == (11, 13, 3)
    assert (trend.peak, trend.fall) == (101, 17)
    assert 0 < trend.noise < 3


def test_the_run_is_told_from_its_beginning() -> None:
    trend = falling(series(*STEADY, 99, 97, 95, 93, 90))
    assert trend is not None
    assert (trend.since, trend.declines) == (11, 5)


@pytest.mark.parametrize(
    "values",
    [
        (*STEADY, 95, 84),  # two declines
        (*STEADY, 95, 95, 90, 84),  # as good as before is no decline
        (*STEADY, 100.9, 100.8, 100.7),  # within the noise
        (*STEADY[:3], 95, 90, 84),  # no history to know the noise from
        (),
    ],
)
def test_these_are_none(values: tuple[float, ...]) -> None:
    assert falling(series(*values)) is None


def test_a_missing_period_ends_the_run() -> None:
    values = series(*STEADY, 95, 90, 84)
    assert falling([each for each in values if each[0] != 12]) is None


def test_where_lower_is_better_a_rise_is_the_fall() -> None:
    values = series(*STEADY, 105, 110, 117)
    assert falling(values) is None
    trend = falling(values, lower_is_better=True)
    assert trend is not None
    assert (trend.since, trend.fall) == (10, 18)


def test_a_series_that_never_moved_has_no_noise() -> None:
    trend = falling(series(*[50] * (LEAST_HISTORY + 1), 49, 48, 47))
    assert trend is not None
    assert trend.noise == 0


def test_what_comes_later_changes_nothing() -> None:
    values = series(*STEADY, 95, 90, 84)
    later = [*values, *series(500, 1, 700, first=14)]
    assert falling(later, at=13) == falling(values)
    assert falling(values, at=20) is None


def test_an_outlier_long_ago_does_not_hide_a_fall() -> None:
    values = [*STEADY]
    values[3] = 100_000
    assert falling(series(*values, 95, 90, 84)) is not None


@pytest.mark.parametrize("declines", [1, 2, 3, 4, 5])
def test_without_a_threshold_the_chance_is_that_of_one_order_among_all(declines: int) -> None:
    assert false_alarm_rate(declines, 0.0) == pytest.approx(float(Fraction(1, factorial(declines + 1))), rel=1e-9)


def test_the_chance_of_a_false_alarm_is_what_noise_makes() -> None:
    """White noise of known deviation, judged by the rule itself: the share of reported periods is the formula's."""
    dice = Random(11)  # noqa: S311
    periods, found = 200_000, 0
    run: list[float] = []
    for _ in range(periods):
        value = dice.gauss(0, 1)
        run = [*run, value] if run and value < run[-1] else [value]
        found += len(run) > 3 and run[0] - run[-1] >= 2
    expected = false_alarm_rate(3, 2.0)
    assert abs(found / periods - expected) < 4 * (expected / periods) ** 0.5


def test_an_estimated_noise_reports_about_as_often() -> None:
    """With the noise estimated from thirty values the rate stays near the stated one, which pages tell people."""
    dice = Random(5)  # noqa: S311
    rounds = 6_000
    found = sum(
        falling([(place, Decimal(str(round(dice.gauss(100, 10), 3)))) for place in range(35)]) is not None
        for _ in range(rounds)
    )
    assert 0.5 * false_alarm_rate() < found / rounds < 2.5 * false_alarm_rate()
