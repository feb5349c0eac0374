"""A falling trend: three or more declines in a row that are larger than what a series does by itself.

A decline is a period that is worse than the one right before it. The run of declines that ends at the newest period
counts when there are three, and when the whole fall is more than twice the noise: the median of the steps, up or down,
that the series took before the run within thirteen periods. A period without a value ends a run and every step to it.

Were the values nothing but chance in any order, the newest k + 1 of them would stand in falling order once in (k + 1)!
times: that is the false-alarm rate of k declines, whatever the values are spread like. The bar against noise lowers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import factorial
from statistics import median

WINDOW = 13
DECLINES = 3
STEPS_BEFORE = 4
"""With fewer steps before the run nobody knows what the series does by itself."""
NOISES = 2


@dataclass(frozen=True)
class Fall:
    """A fall that holds at the newest period: after `since` the values got worse `periods` times, by `fall` in all."""

    since: int
    periods: int
    fall: Decimal
    false_alarm_rate: Fraction


def falling(history: Sequence[tuple[int, Decimal]], lower_is_better: bool) -> Fall | None:
    """The falling trend that ends at the newest period of a history of (period key, value); None if there is none."""
    values = dict(history)
    newest = max(values, default=0)
    steps = dict(_steps(values, newest, lower_is_better))
    run = 0
    while steps.get(newest - run, Decimal()) > 0:
        run += 1
    before = [abs(step) for period, step in steps.items() if period <= newest - run]
    if run < DECLINES or len(before) < STEPS_BEFORE:
        return None
    fall = sum((steps[newest - back] for back in range(run)), Decimal())
    if fall <= NOISES * median(before):
        return None
    return Fall(newest - run, run, fall, false_alarm_rate(run))


def false_alarm_rate(declines: int) -> Fraction:
    """How often so many declines in a row end at a period by chance alone."""
    return Fraction(1, factorial(declines + 1))


def turned(history: Mapping[int, Decimal], period: int, lower_is_better: bool) -> bool:
    """Whether a fall is over at `period`: twice in a row the value was no worse than the one before."""
    steps = dict(_steps(history, period, lower_is_better))
    return all(period - back in steps and steps[period - back] <= 0 for back in (0, 1))


def _steps(values: Mapping[int, Decimal], newest: int, lower_is_better: bool) -> Iterator[tuple[int, Decimal]]:
    """How much worse each period of the window was than the one before it, where both have a value."""
    for period in range(newest - WINDOW + 2, newest + 1):
        if period in values and period - 1 in values:
            step = values[period] - values[period - 1]
            yield period, step if lower_is_better else -step
