"""Weights evened out: made to sum to exactly 1, each within its range, as near as can be to what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accord.domain.distribution import distribute, whole_numbers

COARSE, FINE = Decimal("0.01"), Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Share:
    """A weight and the range it may move in."""

    weight: Decimal
    least: Decimal | None = None
    most: Decimal | None = None


def even_out(shares: Sequence[Share], whole: Decimal = Decimal(1)) -> list[Decimal] | None:
    """Return weights that sum to exactly `whole`, in proportion to what they are, each within its range.

    They are whole percents where the ranges are; None where no weights within the ranges sum to `whole`.
    """
    limits = [each for share in shares for each in (share.least, share.most) if each is not None]
    step = COARSE if all(each % COARSE == 0 for each in (*limits, whole)) else FINE
    units = int(whole / step)
    low = [int((share.least or 0) / step) for share in shares]
    high = [units if share.most is None else min(int(share.most / step), units) for share in shares]
    if not shares or sum(low) > units or sum(high) < units:
        return None
    wanted = [max(int(share.weight / FINE), 1) for share in shares]
    exact = _scaled(wanted, low, high, units)
    # Limits are whole, so no rounding crosses one.
    return [count * step for count in distribute(units, whole_numbers(exact))]


def _scaled(wanted: Sequence[int], low: Sequence[int], high: Sequence[int], units: int) -> list[Fraction]:
    """Multiply all by one factor, clamped to their ranges, such that they sum to `units`."""
    bounds = zip(wanted, low, high, strict=True)
    turns = sorted({Fraction(edge, each) for each, least, most in bounds for edge in (least, most)})

    def clamped(factor: Fraction) -> list[Fraction]:
        return [
            min(max(each * factor, Fraction(least)), Fraction(most))
            for each, least, most in zip(wanted, low, high, strict=True)
        ]

    # The sum rises with the factor, in straight lines between the factors at which something reaches a limit.
    above = next(factor for factor in turns if sum(clamped(factor)) >= units)
    below = max((factor for factor in turns if factor < above), default=above)
    first, last = sum(clamped(below)), sum(clamped(above))
    share = Fraction(1) if last == first else Fraction(units - first) / (last - first)
    return clamped(below + (above - below) * share)
