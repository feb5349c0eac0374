"""Whole numbers out of shares: largest remainder, and pools too small to be divided."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_FLOOR, Context, Decimal, localcontext
from fractions import Fraction
from math import lcm

_EXACT = Context(prec=150)


def largest_remainder(ideals: Sequence[Decimal]) -> list[int]:
    """Return whole numbers near `ideals` that keep their sum, which must be whole (else ValueError).

    Each place gets its whole part, rounded down; what is left goes to the largest remainders, ties to the earlier
    place. 3.8, 13.3, 1.9 → 4, 13, 2.
    """
    with localcontext(_EXACT):
        whole = [ideal.to_integral_value(ROUND_FLOOR) for ideal in ideals]
        remainders = [ideal - part for ideal, part in zip(ideals, whole, strict=True)]
        left = sum(remainders, Decimal(0))
        if left != left.to_integral_value():
            raise ValueError("the ideals do not sum to a whole number")
        # Sorting in reverse keeps equal remainders in their order.
        raised = set(sorted(range(len(ideals)), key=remainders.__getitem__, reverse=True)[: int(left)])
    return [int(part) + (place in raised) for place, part in enumerate(whole)]


def distribute(units: int, weights: Sequence[int]) -> list[int]:
    """Split whole `units` by whole `weights`, of which one at least is above zero: largest remainder, ties earlier."""
    whole = sum(weights)
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(units * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    # Sorting in reverse keeps equal remainders in their order.
    order = sorted(range(len(weights)), key=remainders.__getitem__, reverse=True)
    for place in order[: units - sum(parts)]:
        parts[place] += 1
    return parts


def whole_numbers(numbers: Sequence[Decimal | Fraction]) -> list[int]:
    """The same proportions as whole numbers, nothing rounded."""
    ratios = [number.as_integer_ratio() for number in numbers]
    step = lcm(*{below for _, below in ratios})
    return [above * (step // below) for above, below in ratios]


def merge_upward(headcounts: Mapping[str, int], parents: Mapping[str, str], minimum: int) -> dict[str, str]:
    """Return for every unit of `headcounts` the unit in whose pool its people are counted.

    A pool with fewer than `minimum` people joins the pool of its parent, the deepest first, so that several small
    siblings may together fill the parent's. A unit without a parent keeps its pool, however small. Raises ValueError
    when the parents run in a circle.
    """
    units = dict.fromkeys([*headcounts, *parents, *parents.values()])
    depths = {unit: _depth(unit, parents) for unit in units}
    pools = {unit: headcounts.get(unit, 0) for unit in units}
    joined: dict[str, str] = {}
    for unit in sorted(units, key=depths.__getitem__, reverse=True):
        if unit in parents and pools[unit] < minimum:
            joined[unit] = parents[unit]
            pools[parents[unit]] += pools[unit]
    return {unit: _end_of(unit, joined) for unit in headcounts}


def _depth(unit: str, parents: Mapping[str, str]) -> int:
    path = [unit]
    while path[-1] in parents:
        above = parents[path[-1]]
        if above in path:
            raise ValueError(f"{above} is above itself")
        path.append(above)
    return len(path)


def _end_of(unit: str, joined: Mapping[str, str]) -> str:
    while unit in joined:
        unit = joined[unit]
    return unit
