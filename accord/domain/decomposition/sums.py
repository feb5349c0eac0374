"""Parts that add up exactly: largest remainder at the decimals of the metric, around what is locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Context, Decimal, localcontext

from accord.domain.decomposition.errors import AllLocked, BadNumber, LocksExceedTotal, NothingToShareBy
from accord.domain.distribution import distribute, whole_numbers

EXACT = Context(prec=150)
_ZERO = Decimal(0)
_MOST_DIGITS, _FINEST = 18, -24


def split_sum(
    total: Decimal, shares: Sequence[Decimal], decimals: int, locks: Mapping[int, Decimal] | None = None
) -> list[Decimal]:
    """Split `total` in proportion to `shares` into parts whose sum is `total`.

    `locks` are the places that keep a value, whatever their share; the others divide what remains. Parts are rounded to
    `decimals` by largest remainder, ties to the earlier place. Where total or locks are finer than that, the part with
    the largest share carries what is left. Raises CannotSplit.
    """
    locks = locks or {}
    check(total, *locks.values(), *shares)
    return settle(total, shares, decimals, locks)


def settle(total: Decimal, shares: Sequence[Decimal], decimals: int, locks: Mapping[int, Decimal]) -> list[Decimal]:
    """Split as `split_sum` does, for numbers that were checked or worked out here."""
    with localcontext(EXACT):
        locked = sum(locks.values(), _ZERO)
        free = [place for place in range(len(shares)) if place not in locks]
        rest = _rest(total, locked, free)
        parts = dict(locks)
        parts.update(zip(free, _divide(rest, [shares[place] for place in free], decimals), strict=True))
        return [parts[place] for place in range(len(shares))]


def check(*numbers: Decimal) -> None:
    """Raise BadNumber for what is no business figure."""
    for number in numbers:
        usable = number.is_finite() and number >= 0 and number.adjusted() < _MOST_DIGITS
        if not usable or int(number.as_tuple().exponent) < _FINEST:
            raise BadNumber(given=str(number))


def _rest(total: Decimal, locked: Decimal, free: Sequence[int]) -> Decimal:
    if locked > total:
        raise LocksExceedTotal(locked=locked, total=total)
    if not free and locked != total:
        raise AllLocked(locked=locked, total=total)
    return total - locked


def _divide(rest: Decimal, shares: Sequence[Decimal], decimals: int) -> list[Decimal]:
    if not rest:
        return [_ZERO] * len(shares)
    if not any(shares):
        raise NothingToShareBy(rest=rest)
    step = Decimal(1).scaleb(-decimals)
    units = int((rest / step).to_integral_value(ROUND_FLOOR))
    parts = [step * part for part in distribute(units, whole_numbers(shares))]
    finer = rest - units * step
    if finer:
        parts[max(range(len(shares)), key=shares.__getitem__)] += finer
    return parts
