"""What units of measure make of a product: visitors × % × 元 is not yet 万元."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from accord.domain.decomposition.sums import EXACT

_TIMES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3, "百": 100}


def scale(product_unit: str, factor_units: Sequence[str]) -> Decimal:
    """The power of ten with which the product of the factors' figures becomes the figure of the product."""
    with localcontext(EXACT):
        found = Decimal(1)
        for unit in factor_units:
            found *= _worth(unit)
        return (found / _worth(product_unit)).normalize()


def _worth(unit: str) -> Decimal:
    if unit.strip().startswith("%"):
        return Decimal("0.01")
    times = next((many for word, many in _TIMES.items() if unit.strip().startswith(word)), 1)
    return Decimal(times)
