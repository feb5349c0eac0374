"""From the periods of a line to the one actual and the levels that its method compares."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from accord.domain.scorecard.card import Aggregation, Due, Line
from accord.domain.scoring.arithmetic import ARITHMETIC, HUNDRED, ONE, ZERO

PER_PERIOD = frozenset({"step_bands", "points", "difference", "baseline_linked_points"})
"""Methods whose parameters are amounts of the metric: they see what one period came to, also of a sum."""

FINEST = 6
"""Numbers of record have six decimals."""


@dataclass(frozen=True, slots=True)
class Actual:
    """What is compared: the actual and the levels, over the periods that count and those that are expected."""

    actual: Decimal | None
    target: Decimal | None
    threshold: Decimal | None
    stretch: Decimal | None
    counted: int
    expected: int


def actual_of(line: Line, on: date, is_final: bool) -> Actual:
    """What `line` comes to as of a day; without any value there is no actual, and the target is that of all periods."""
    counted = line.counted(on, is_final)
    measured = _measured_against(line, counted, is_final)
    return Actual(
        actual=_actual(line, counted, len(measured)) if counted else None,
        target=level(line, measured, lambda due: due.target),
        threshold=level(line, measured, lambda due: due.threshold),
        stretch=level(line, measured, lambda due: due.stretch),
        counted=len(counted),
        expected=sum(is_final or due.is_over(on) for due in line.dues),
    )


def level(line: Line, dues: Sequence[Due], read: Callable[[Due], Decimal | None]) -> Decimal | None:
    """The target, threshold or stretch value over some periods; None where a period has none."""
    levels = [read(due) for due in dues]
    there = [each for each in levels if each is not None]
    if not there or len(there) < len(levels):
        return None
    if line.aggregation is Aggregation.LAST:
        return there[-1]
    total = sum(there, ZERO)
    return total if is_summed(line) else quotient(total, Decimal(len(there)), line.decimals)


def is_summed(line: Line) -> bool:
    """Whether actual and target of `line` are sums over its periods."""
    return line.aggregation is Aggregation.SUM and line.method not in PER_PERIOD


def quotient(over: Decimal, under: Decimal, decimals: int) -> Decimal:
    """over ÷ under, rounded half-up to two decimals more than the metric shows and at most six.

    The sentence shows the number that was scored, so that the sheet can be worked out by hand.
    """
    step = ONE.scaleb(-min(decimals + 2, FINEST))
    return ARITHMETIC.divide(over, under).quantize(step, ROUND_HALF_UP, ARITHMETIC)


def _measured_against(line: Line, counted: Sequence[Due], is_final: bool) -> Sequence[Due]:
    """The periods whose levels count: in the end a sum owes every period, everything else only what has a value.

    Of a sum that is better the lower it is a period without a value would count as nothing and favour the person, so
    its levels too are only those of the periods with a value.
    """
    owes_all = is_final and line.aggregation is Aggregation.SUM and not line.lower_is_better
    if not counted or owes_all:
        return line.dues
    return counted


def _actual(line: Line, counted: Sequence[Due], periods: int) -> Decimal:
    values = [due.value for due in counted if due.value is not None]
    if line.aggregation is Aggregation.LAST:
        return values[-1]
    if is_summed(line):
        return sum(values, ZERO)
    if (parts := sums_of_parts(line, counted)) is not None:
        over, under = parts
        return quotient(over * (HUNDRED if line.is_percent else ONE), under, line.decimals)
    # A sum is spread over all periods that are measured, a mean over those that have a value.
    many = periods if line.aggregation is Aggregation.SUM else len(values)
    return quotient(sum(values, ZERO), Decimal(many), line.decimals)


def sums_of_parts(line: Line, counted: Sequence[Due]) -> tuple[Decimal, Decimal] | None:
    """Numerators and denominators summed up, where every period that counts has both and there is something to divide.

    Otherwise the ratio of several periods is the mean of their ratios.
    """
    parts = [due.parts for due in counted if due.parts is not None]
    if line.aggregation is not Aggregation.RATIO or len(parts) < len(counted):
        return None
    under = sum((below for _, below in parts), ZERO)
    return (sum((above for above, _ in parts), ZERO), under) if under else None
