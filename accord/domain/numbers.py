"""Exact decimals as the product stores them: six decimals, as whole millionths in 64 bits."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

DECIMALS: Final = 6
MICRO = 10**DECIMALS
_STEP = Decimal(1).scaleb(-DECIMALS)
_LIMIT = 2**63


def to_micro(value: Decimal) -> int:
    """Return `value` in whole millionths, rounded half up. Raises ValueError beyond 64 bits or for NaN and infinity."""
    if not value.is_finite():
        raise ValueError(f"not a finite number: {value}")
    # The exponent is checked first: quantizing 1e999999 would build a million digits.
    if value.adjusted() > 13:
        raise ValueError(f"number too large: {value}")
    micro = int(value.quantize(_STEP, rounding=ROUND_HALF_UP).scaleb(DECIMALS))
    if not -_LIMIT <= micro < _LIMIT:
        raise ValueError(f"number too large: {value}")
    return micro


def from_micro(micro: int) -> Decimal:
    """Return the exact decimal for `micro` millionths, without trailing zeros behind the point."""
    whole, rest = divmod(abs(micro), MICRO)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return Decimal(text if micro >= 0 else f"-{text}")
