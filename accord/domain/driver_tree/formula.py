"""What the formula of a node makes of its parts, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from math import prod

from accord.domain.decomposition.sums import EXACT


def made_of(kind: str, parts: Sequence[Decimal | None], scale: Decimal = Decimal(1)) -> Decimal | None:
    """The value of a `product`, `sum`, `ratio` or `mean` (weight and value in turn) of parts, times `scale`.

    None where a part is missing, where there is none, or where it would be a division by zero.
    """
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    with localcontext(EXACT):
        made = _made(kind, known)
        return None if made is None else made * scale


def _made(kind: str, parts: Sequence[Decimal]) -> Decimal | None:
    if kind == "product":
        return prod(parts, start=Decimal(1))
    if kind == "sum":
        return sum(parts, Decimal(0))
    if kind == "ratio":
        above, below = parts
        return above / below if below else None
    weights, values = parts[0::2], parts[1::2]
    below = sum(weights, Decimal(0))
    weighted = sum((weight * value for weight, value in zip(weights, values, strict=True)), Decimal(0))
    return weighted / below if below else None
