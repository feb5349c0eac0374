"""By what something is split: shares from last values, heads, capacity, a season, or by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from accord.domain.decomposition.sums import EXACT

_ZERO, _ONE = Decimal(0), Decimal(1)
_FINE = Decimal(1).scaleb(-12)


class Basis(StrEnum):
    """What a level is split by. The seasonal profile splits over periods and is not among them."""

    LAST = "last"
    HEADCOUNT = "headcount"
    CAPACITY = "capacity"
    EQUAL = "equal"
    HAND = "hand"


class Before(StrEnum):
    """Which periods say what was reached before."""

    LAST_PERIOD = "last_period"
    LAST_YEAR = "last_year"


class Season(StrEnum):
    """How a cycle's target lies over its periods: the same in each, or as what was reached before did."""

    EVEN = "even"
    BEFORE = "before"


def days_present(first: date, last: date, joined: date | None, left: date | None, away: int = 0) -> int:
    """The days from `first` to `last`, both inclusive, on which somebody works here; `away` days of leave are out."""
    begins = max(first, joined) if joined else first
    ends = min(last, left) if left else last
    return max(0, (ends - begins).days + 1 - away)


def presence(days: int, of: int) -> Decimal:
    """A share of the cycle, to twelve decimals."""
    return _ONE if days >= of else (Decimal(days) / of).quantize(_FINE)


def by_last(values: Sequence[Decimal | None], present: Sequence[Decimal]) -> list[Decimal]:
    """What each reached last, for the days they are here now; who has nothing counts as the mean of those who have.

    Where nobody has anything, the days alone count. A negative value is none.
    """
    known = [value for value in values if value is not None and value > 0]
    if not known:
        return list(present)
    with localcontext(EXACT):
        mean = (sum(known, _ZERO) / len(known)).quantize(_FINE)
        reached = [value if value is not None and value > 0 else mean for value in values]
        return [value * days for value, days in zip(reached, present, strict=True)]


def by_hand(weights: Sequence[Decimal | None]) -> list[Decimal]:
    """The weights as written, none for an empty one; equal shares as long as nothing is written."""
    if not any(weights):
        return [_ONE] * len(weights)
    return [weight or _ZERO for weight in weights]


def seasonal(values: Sequence[Decimal | None]) -> list[Decimal]:
    """The weight of each period by what was reached in one before; one without counts as the mean of the others."""
    return by_last(values, [_ONE] * len(values))


def rounded(value: Fraction, decimals: int = 6) -> Decimal:
    """A fraction as a decimal, rounded half up: the number of record beside the exact one."""
    with localcontext(EXACT):
        return (Decimal(value.numerator) / value.denominator).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
