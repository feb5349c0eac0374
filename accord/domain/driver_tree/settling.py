"""Printed parts that add up to the printed whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from accord.domain.decomposition.sums import EXACT
from accord.domain.distribution import largest_remainder

# What is finer than this share of a step is noise of binary numbers.
_FINE = Decimal(1).scaleb(-12)


def settle(parts: Sequence[float | Decimal], decimals: int, total: Decimal | None = None) -> list[Decimal]:
    """Round parts of either sign so that they sum to `total` (their own sum) rounded half up: largest remainder.

    What rounding the total itself makes of a step, and the last digits of binary numbers, the largest part carries.
    """
    if not parts:
        return []
    with localcontext(EXACT):
        step = Decimal(1).scaleb(-decimals)
        ideals = [(Decimal(part) / step).quantize(_FINE) for part in parts]
        exact = sum(ideals, Decimal(0)) if total is None else total / step
        whole = exact.to_integral_value(ROUND_HALF_UP)
        largest = max(range(len(ideals)), key=lambda place: abs(ideals[place]))
        ideals[largest] += whole - sum(ideals, Decimal(0))
        return [part * step for part in largest_remainder(ideals)]
