"""Products that multiply back exactly.

GMV = visitors × conversion × order value cannot be split by rounding three factors each for itself. What adds up are
the quantities along the chain: visitors, orders (visitors × conversion), GMV. They are split, each exactly; every
factor is the quotient of two of them, kept as a fraction. So the product of the factors is the part, the volumes sum to
the volume, and the weighted mean of every rate is the rate of the whole, to the last digit. Where all have the rate of
the whole, it comes out as it went in; what rounding is needed the last factor carries. A plain sum is a chain of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from accord.domain.decomposition.errors import CannotSplit, OutOfReach, TwoLocksInOne
from accord.domain.decomposition.sums import EXACT, check, settle

Quantities = tuple[Decimal, ...]
"""What adds up, along the chain: the volume, volume × first rate, …, the product last."""
_ZERO = Decimal(0)
_FINE = Decimal(1).scaleb(-24)


@dataclass(frozen=True)
class Chain:
    """A product: the decimals of each factor, the volume first, those of the product, and product = scale × factors."""

    factor_decimals: tuple[int, ...]
    decimals: int
    scale: Decimal = Decimal(1)

    @property
    def length(self) -> int:
        """How many factors there are; 1 for a plain sum. It is also the number under which a lock names the product."""
        return len(self.factor_decimals)

    def quantities(self, product: Decimal, leading: Sequence[Decimal]) -> Quantities:
        """The quantities of a whole from its product and all factors but the last, which follows from them."""
        check(product, *leading)
        found: list[Decimal] = []
        with localcontext(EXACT):
            for factor in leading:
                found.append(found[-1] * factor if found else factor)
        return (*found, product)

    def factors(self, quantities: Quantities) -> tuple[Fraction | None, ...]:
        """The factors as exact fractions; None where the quantity before is zero and any factor would do."""
        if self.length == 1:
            return (Fraction(quantities[0]),)
        rates = [Fraction(after) / Fraction(before) if before else None for before, after in pairwise(quantities)]
        last = rates[-1]
        rates[-1] = None if last is None else last / Fraction(self.scale)
        return (Fraction(quantities[0]), *rates)


@dataclass(frozen=True)
class Child:
    """One part to be: its share of the volume, how its rates stand to each other's, and what is locked.

    `rates` are for the factors after the volume; only their proportion between the children counts. `locks` name a
    factor by its number, the product by the length of the chain.
    """

    share: Decimal
    rates: tuple[Decimal, ...] = ()
    locks: Mapping[int, Decimal] = field(default_factory=dict)


def split_chain(chain: Chain, whole: Quantities, children: Sequence[Child]) -> list[Quantities]:
    """Split a whole over its children, exactly in every quantity. Raises CannotSplit."""
    for child in children:
        check(child.share, *child.rates, *child.locks.values())
        if chain.length > 1 and {chain.length - 1, chain.length} <= child.locks.keys():
            raise TwoLocksInOne
    shares = _volume_shares(chain, whole, children)
    columns: list[list[Decimal]] = []
    for step in range(chain.length):
        if step:
            before = columns[-1]
            with localcontext(EXACT):
                shares = [have * child.rates[step - 1] for have, child in zip(before, children, strict=True)]
        locks = _locks(chain, step, children, columns)
        columns.append(settle(whole[step], shares, _fineness(chain, step, whole[step]), locks))
    return [tuple(column[place] for column in columns) for place in range(len(children))]


def _fineness(chain: Chain, step: int, whole: Decimal) -> int:
    """To how many decimals a step is split. Before the product: so finely that the rate of the whole can be kept."""
    if step == chain.length - 1:
        return chain.decimals
    needed = sum(chain.factor_decimals[: step + 1])
    return max(needed, -_exponent(whole)) if step else needed


def _exponent(number: Decimal) -> int:
    return int(number.normalize(EXACT).as_tuple().exponent)


def _locks(
    chain: Chain, step: int, children: Sequence[Child], columns: Sequence[Sequence[Decimal]]
) -> dict[int, Decimal]:
    """The quantities that are locked at a step, by place: a locked rate holds what it makes of the quantity before."""
    is_last = step == chain.length - 1
    locks = {}
    with localcontext(EXACT):
        for place, child in enumerate(children):
            if is_last and chain.length in child.locks:
                locks[place] = child.locks[chain.length]
                if step and locks[place] and not columns[-1][place]:
                    raise OutOfReach(product=locks[place])
            elif step in child.locks:
                rate = child.locks[step]
                scaled = rate * chain.scale if is_last and step else rate
                locks[place] = columns[-1][place] * scaled if step else scaled
    return locks


def _volume_shares(chain: Chain, whole: Quantities, children: Sequence[Child]) -> list[Decimal]:
    """Shares of the volume: whoever's product is locked gets the volume for it, at the rates they would have anyhow."""
    locks = {place: child.locks[chain.length] for place, child in enumerate(children) if chain.length in child.locks}
    shares = [child.share for child in children]
    if chain.length == 1 or not locks:
        return shares
    rates = [_product(child.rates) for child in children]
    with localcontext(EXACT):
        free = sum((shares[p] * rates[p] for p in range(len(children)) if p not in locks), _ZERO)
        rest = whole[-1] - sum(locks.values(), _ZERO)
        if rest <= 0 or not free:
            shares, free, rest = [_ZERO] * len(children), Decimal(1), Decimal(1)
        for place, locked in locks.items():
            wanted = locked * free / (rest * rates[place]) if rates[place] else _ZERO
            shares[place] = wanted.quantize(_FINE)
    return shares


def _product(rates: Sequence[Decimal]) -> Decimal:
    with localcontext(EXACT):
        found = Decimal(1)
        for rate in rates:
            found *= rate
        return found


@dataclass(frozen=True)
class Node:
    """A unit with what lies below it, or a person without. `child` says what it is to the node above."""

    key: str
    child: Child
    below: tuple[Node, ...] = ()


def split_tree(chain: Chain, whole: Quantities, root: Node) -> dict[str, Quantities]:
    """Split a whole from the root down; the quantities of every node by its key. Raises CannotSplit with `where`."""
    found = {root.key: whole}
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if not node.below:
            continue
        try:
            parts = split_chain(chain, found[node.key], [each.child for each in node.below])
        except CannotSplit as problem:
            problem.where = node.key
            raise
        found.update(zip((each.key for each in node.below), parts, strict=True))
        waiting.extend(node.below)
    return found
