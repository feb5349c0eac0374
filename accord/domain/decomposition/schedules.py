"""A cycle's target period by period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.domain.decomposition.sums import split_sum
from accord.domain.periods import Frequency, Period

Run = tuple[int, int, str]


@dataclass(frozen=True)
class Schedule:
    """The ordinary target of a period, and the runs of periods (first, last, target) that have another one."""

    target: Decimal
    runs: tuple[Run, ...]


def schedule(total: Decimal, periods: Sequence[int], weights: Sequence[Decimal], decimals: int) -> Schedule:
    """Split a cycle's total over its periods, which follow each other, so that their targets add up to it.

    The ordinary target is the most frequent one, the earlier of two. Raises CannotSplit.
    """
    if not periods:
        return Schedule(total, ())
    parts = split_sum(total, weights, decimals)
    ordinary = Counter(parts).most_common(1)[0][0]
    runs: list[Run] = []
    for period, part in zip(periods, parts, strict=True):
        if part == ordinary:
            continue
        if runs and runs[-1][1] == period - 1 and runs[-1][2] == f"{part:f}":
            runs[-1] = (runs[-1][0], period, runs[-1][2])
        else:
            runs.append((period, period, f"{part:f}"))
    return Schedule(ordinary, tuple(runs))


def ending_within(first: date, last: date, frequency: Frequency) -> range:
    """The keys of the periods that end from `first` to `last`, both inclusive: those that belong to the stretch."""
    begin, end = Period.of(first, frequency), Period.of(last, frequency)
    return range(begin.key, end.key + (end.end <= last))


def a_year_before(periods: range, frequency: Frequency) -> range:
    """The same periods of the year before, weekday by weekday."""
    back = {Frequency.DAY: 364, Frequency.WEEK: 52, Frequency.MONTH: 12, Frequency.QUARTER: 4}[frequency]
    return range(periods.start - back, periods.stop - back)


def just_before(periods: range) -> range:
    """As many periods as these, right before them."""
    return range(periods.start - len(periods), periods.start)
