"""Amending what was agreed: which periods a change touches, how numbers move, what a line comes to so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from accord.domain.periods import Frequency, Period
from accord.domain.scorecard import ScoredCard
from accord.domain.wording import plain

_EXACT = Context(prec=80)
_MILLIONTH = Decimal("0.000001")
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Touched:
    """From which period of a frequency on a change holds, and how many periods that are over it judges anew."""

    first: Period
    over: int


def touched(effective_on: date, frequencies: Iterable[Frequency], today: date) -> list[Touched]:
    """What a change with effect from a day touches: every period that ends on that day or later."""
    found = []
    for frequency in sorted(set(frequencies)):
        first = Period.of(effective_on, frequency)
        running = Period.of(today, frequency)
        found.append(Touched(first, max(0, running.key - first.key)))
    return found


def next_beginning(frequencies: Iterable[Frequency], today: date) -> date:
    """The day a change may begin on without judging a begun period anew: where the next of the longest periods begins.

    A shorter one that straddles that day ends after it and counts whole by the new terms.
    """
    return (Period.of(today, max(frequencies, default=Frequency.DAY)) + 1).start


def in_proportion(schedule: Sequence[Sequence[Any]], before: Decimal, after: Decimal) -> list[list[Any]]:
    """A season's targets moved as the usual target moves from `before` (not 0) to `after`, to six decimals."""
    return [[first, last, plain(_scaled(Decimal(target), before, after))] for first, last, target in schedule]


def _scaled(target: Decimal, before: Decimal, after: Decimal) -> Decimal:
    moved = _EXACT.divide(_EXACT.multiply(target, after), before)
    return moved.quantize(_MILLIONTH, rounding=ROUND_HALF_UP, context=_EXACT).normalize(_EXACT)


def by_percent(number: Decimal, percent: Decimal, decimals: int) -> Decimal:
    """`number` changed by a percentage (−10 takes a tenth away), rounded half-up to some decimals."""
    moved = _EXACT.divide(_EXACT.multiply(number, 100 + percent), Decimal(100))
    return moved.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=_EXACT)


def line_points(card: ScoredCard) -> dict[int, Decimal]:
    """The score so far of each metric over all phases that weigh, by calendar days, rounded half-up to 0.01."""
    scored: dict[int, list[tuple[int, Decimal]]] = {}
    for phase in card.counted:
        for line in phase.lines:
            if line.points is not None:
                scored.setdefault(line.line.metric, []).append((phase.days, line.points))
    return {metric: _mean(parts) for metric, parts in scored.items()}


def _mean(parts: Sequence[tuple[int, Decimal]]) -> Decimal:
    whole = sum((days * points for days, points in parts), Decimal())
    return _EXACT.divide(whole, Decimal(sum(days for days, _ in parts))).quantize(_CENT, ROUND_HALF_UP, _EXACT)
