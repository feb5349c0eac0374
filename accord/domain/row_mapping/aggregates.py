"""How the rows of one subject and period become one number, in exact arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from accord.domain.numbers import DECIMALS, MICRO
from accord.domain.row_mapping.rule import Aggregate

_LIMIT = 2**63


class Counted(NamedTuple):
    """What one row gives: when it was, in seconds, and whole millionths."""

    at: int
    value: int = 0
    weight: int = 0


def aggregate(
    kind: Aggregate, rows: Sequence[Counted], percentile: Decimal, factor: Decimal, decimals: int = DECIMALS
) -> int | None:
    """The value of `rows` times `factor` in whole millionths, rounded half up to `decimals`; None where there is none.

    It is rounded once, from the exact fraction. There is none of no rows, and none where the weights of a ratio or
    weighted mean come to nothing. Raises OverflowError for a number that is too large to be kept.
    """
    exact = _percentile(rows, percentile) if kind is Aggregate.PERCENTILE else _WAYS[kind](rows)
    if exact is None:
        return None
    scaled = exact * Fraction(factor)
    step: int = 10 ** max(DECIMALS - decimals, 0)
    unit = scaled.denominator * step
    micro = (abs(scaled.numerator) * 2 + unit) // (unit * 2) * step
    if micro >= _LIMIT:
        raise OverflowError
    return micro if scaled >= 0 else -micro


def _count(rows: Sequence[Counted]) -> Fraction | None:
    return Fraction(len(rows) * MICRO) if rows else None


def _sum(rows: Sequence[Counted]) -> Fraction | None:
    return Fraction(sum(row.value for row in rows)) if rows else None


def _mean(rows: Sequence[Counted]) -> Fraction | None:
    return Fraction(sum(row.value for row in rows), len(rows)) if rows else None


def _median(rows: Sequence[Counted]) -> Fraction | None:
    """The middle value, or the mean of the two in the middle."""
    values, middle = sorted(row.value for row in rows), len(rows) // 2
    if not values:
        return None
    return Fraction(values[middle]) if len(values) % 2 else Fraction(values[middle - 1] + values[middle], 2)


def _percentile(rows: Sequence[Counted], percentile: Decimal) -> Fraction | None:
    """The nearest rank: the smallest value that at least so many percent of the rows do not exceed.

    It is always the value of one of the rows, so it can be opened like any other, and no way of reading between two
    rows has to be agreed on. The 50th percentile of an even number of rows is therefore not their median.
    """
    values = sorted(row.value for row in rows)
    if not values:
        return None
    reached = -(-Fraction(percentile) * len(values) // 100)
    return Fraction(values[max(int(reached), 1) - 1])


def _ratio(rows: Sequence[Counted]) -> Fraction | None:
    below = sum(row.weight for row in rows)
    return Fraction(sum(row.value for row in rows) * MICRO, below) if below else None


def _weighted_mean(rows: Sequence[Counted]) -> Fraction | None:
    below = sum(row.weight for row in rows)
    return Fraction(sum(row.value * row.weight for row in rows), below) if below else None


def _min(rows: Sequence[Counted]) -> Fraction | None:
    return Fraction(min(row.value for row in rows)) if rows else None


def _max(rows: Sequence[Counted]) -> Fraction | None:
    return Fraction(max(row.value for row in rows)) if rows else None


def _last(rows: Sequence[Counted]) -> Fraction | None:
    """The value of the latest row; of several at one instant the largest, so that the order of reading is nothing."""
    return Fraction(max((row.at, row.value) for row in rows)[1]) if rows else None


_WAYS: Mapping[Aggregate, Callable[[Sequence[Counted]], Fraction | None]] = {
    Aggregate.COUNT: _count,
    Aggregate.SUM: _sum,
    Aggregate.MEAN: _mean,
    Aggregate.MEDIAN: _median,
    Aggregate.RATIO: _ratio,
    Aggregate.WEIGHTED_MEAN: _weighted_mean,
    Aggregate.MIN: _min,
    Aggregate.MAX: _max,
    Aggregate.LAST: _last,
}
