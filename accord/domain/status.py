"""The status light: a value against its target, exactly.

Attainment is x/T where higher is better and 2 − x/T where lower is better. Green from 95 %, yellow from 75 %, else red.
A target that is not positive has no ratio: met is green, anything else red. No value is no light.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from enum import IntEnum

from accord.domain.numbers import from_micro
from accord.domain.periods import Period

GREEN_ATTAINMENT = Decimal("0.95")
YELLOW_ATTAINMENT = Decimal("0.75")

_STEP = Decimal(1).scaleb(-6)
_LARGEST = from_micro(2**63 - 1)
_SMALLEST = from_micro(-(2**63))
# A product of two stored numbers fits: nothing is rounded before it is meant to be.
_EXACT = Context(prec=60)


class Light(IntEnum):
    """Higher is better. Grey, no value yet, is the absence of a light."""

    RED = 1
    YELLOW = 2
    GREEN = 3


def is_missed(value: Decimal, target: Decimal, lower_is_better: bool) -> bool:
    """Whether `value` is strictly worse than `target`, however little."""
    return value > target if lower_is_better else value < target


def light_of(
    value: Decimal,
    target: Decimal,
    lower_is_better: bool,
    green: Decimal = GREEN_ATTAINMENT,
    yellow: Decimal = YELLOW_ATTAINMENT,
) -> Light:
    """The light of `value`; `green` and `yellow` are the attainments (1 = the target) from which they shine."""
    if target <= 0:
        return Light.RED if is_missed(value, target, lower_is_better) else Light.GREEN
    # Multiplied out instead of divided, so that a third of a target is no rounding question.
    attained = _EXACT.subtract(2 * target, value) if lower_is_better else value
    if attained >= _EXACT.multiply(green, target):
        return Light.GREEN
    return Light.YELLOW if attained >= _EXACT.multiply(yellow, target) else Light.RED


def light_bounds(
    target: Decimal,
    lower_is_better: bool,
    green: Decimal = GREEN_ATTAINMENT,
    yellow: Decimal = YELLOW_ATTAINMENT,
) -> tuple[Decimal, Decimal]:
    """The values at which the light turns green and yellow, as `KpiTarget` stores them.

    Lower bounds where higher is better, upper bounds where lower is better. Each is rounded to the sixth decimal
    towards the better side: a value of six decimals is within the bound exactly when its attainment is reached.
    """
    if target <= 0:
        return target, target
    return _bound(target, lower_is_better, green), _bound(target, lower_is_better, yellow)


def _bound(target: Decimal, lower_is_better: bool, attainment: Decimal) -> Decimal:
    share = 2 - attainment if lower_is_better else attainment
    bound = _EXACT.multiply(share, target)
    rounding = ROUND_FLOOR if lower_is_better else ROUND_CEILING
    bound = bound.quantize(_STEP, rounding=rounding, context=_EXACT)
    # Beyond the largest number that can be stored no value can fall on the wrong side.
    return max(_SMALLEST, min(_LARGEST, bound)).normalize(_EXACT)


@dataclass(frozen=True)
class Pace:
    """How much of a running period counts by now: `up` of `days` days where higher is better, `down` where lower is.

    The day that still runs is judged in favour of the one it is about: it does not have to be achieved yet, but may
    already be spent.
    """

    up: int
    down: int
    days: int

    @classmethod
    def of(cls, period: Period, today: date) -> Pace | None:
        """The pace of `period` on `today`, or None if it does not run then."""
        start, end = period.start, period.end
        if not start <= today <= end:
            return None
        gone = (today - start).days
        return cls(up=gone, down=gone + 1, days=(end - start).days + 1)

    def bound(self, bound: Decimal, lower_is_better: bool) -> Decimal:
        """The part of a bound of a summed metric that is due by now; bounds that are not positive stay as they are."""
        if bound <= 0:
            return bound
        part = _EXACT.multiply(bound, Decimal(self.down if lower_is_better else self.up))
        days = Decimal(self.days) * _STEP
        steps = _EXACT.divide_int(part, days)
        rest = _EXACT.remainder(part, days)
        return (steps + (1 if rest and not lower_is_better else 0)) * _STEP
