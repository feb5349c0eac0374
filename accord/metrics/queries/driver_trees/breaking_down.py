"""A node's contribution by the units and the people below it.

What adds up is split by coefficient × own change. A rate does not add up, its two parts do: the numerator and the
denominator of a ratio of the library, or, in a product that begins with a volume, the quantities before and after the
rate (visitors, and visitors × conversion). The change of the rate is attributed to the two, and each part to those who
have it. So a person's share holds both how their own rate went and how much of the volume was theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod

from accord.domain.driver_tree.parts import rate_weights
from accord.domain.driver_tree.settling import settle
from accord.metrics.models import DriverNode, Metric
from accord.metrics.queries.driver_trees.below import Pair, Subjects, people_below, unit_itself, units_below
from accord.metrics.queries.driver_trees.views import NodeView, TreeView
from accord.people.access import Actor, visible_employees, visible_units
from accord.people.models import Employee, OrgUnit


@dataclass(frozen=True)
class Share:
    """What one unit or one person moved the root by, and how their own value went.

    Neither `unit` nor `employee`: `is_others` are those whom the reader may not see by name, together (`count` of
    them); otherwise it is what belongs to nobody.
    """

    amount: Decimal
    unit: OrgUnit | None = None
    employee: Employee | None = None
    value: Decimal | None = None
    base: Decimal | None = None
    is_others: bool = False
    count: int = 1

    @property
    def is_nobodys(self) -> bool:
        return self.unit is None and self.employee is None and not self.is_others


@dataclass(frozen=True)
class Breakdown:
    """The same contribution twice, settled: by unit right below and by person. Each list adds up to `total`.

    A list is empty where nothing is known of units or people.
    """

    node: NodeView
    total: Decimal
    units: tuple[Share, ...]
    people: tuple[Share, ...]


def breakdown(node: NodeView, view: TreeView, actor: Actor) -> Breakdown | None:
    """Who moved a node; None where it was not attributed. A fixed number of statements."""
    quantities = _quantities(node, view)
    if node.contribution is None or node.weight is None:
        return None
    if quantities is None:
        return Breakdown(node, node.contribution, (), ())
    own = {
        (each.node.org_unit_id, each.metric.pk): each.target for each in view.nodes.values() if each.target is not None
    }
    units = units_below(node.node.org_unit_id, quantities.metrics, view.period, view.against, own)
    people = people_below(node.node.org_unit_id, quantities.metrics, view.period, view.against)
    seen_units = visible_units(actor).in_bulk(list(units))
    seen_people = visible_employees(actor).select_related("org_unit").in_bulk(list(people))
    return Breakdown(
        node,
        node.contribution,
        _shares(node, view, quantities, units, {pk: Share(Decimal(0), unit=unit) for pk, unit in seen_units.items()}),
        _shares(
            node, view, quantities, people, {pk: Share(Decimal(0), employee=each) for pk, each in seen_people.items()}
        ),
    )


@dataclass(frozen=True)
class _Quantities:
    """What of the values of a subject adds up: pairs of a coefficient and the metrics whose product the quantity is.

    `shown` is the metric whose value stands beside the share.
    """

    terms: tuple[tuple[float, tuple[int, ...]], ...]
    shown: int

    @property
    def metrics(self) -> set[int]:
        return {self.shown, *(metric for _, metrics in self.terms for metric in metrics)}

    def moved(self, values: Mapping[int, Pair]) -> float | None:
        """By how much a subject moved the root; None where a value of theirs is not known on both sides."""
        if not all(metric in values for _, metrics in self.terms for metric in metrics):
            return None
        total = 0.0
        for weight, metrics in self.terms:
            before, after = (prod(float(values[metric][side]) for metric in metrics) for side in (0, 1))
            total += weight * (after - before)
        return total


def _quantities(node: NodeView, view: TreeView) -> _Quantities | None:
    """How a node is split; None for a rate whose parts are not known."""
    weight, metric = node.weight or 0.0, node.metric
    if metric.aggregation == Metric.Aggregation.SUM:
        return _Quantities(((weight, (metric.pk,)),), metric.pk)
    rate = _library_ratio(node, view) if metric.is_ratio else _rate_of_product(node, view)
    if rate is None or (weights := rate_weights(rate.above, rate.below)) is None:
        return None
    terms = ((weight * rate.times * weights[0], rate.numerator), (weight * rate.times * weights[1], rate.denominator))
    return _Quantities(terms, metric.pk)


@dataclass(frozen=True)
class _Rate:
    """A rate = `times` × numerator / denominator, each a product of metrics, before and after."""

    numerator: tuple[int, ...]
    denominator: tuple[int, ...]
    above: tuple[float, ...]
    below: tuple[float, ...]
    times: float = 1.0


def _library_ratio(node: NodeView, view: TreeView) -> _Rate | None:
    """The two metrics of which the library says that a ratio is made, where the unit has values of both."""
    parts = [part for part in (node.metric.numerator_id, node.metric.denominator_id) if part]
    values = unit_itself(node.node.org_unit_id, parts, view.period, view.against)
    if values.keys() != set(parts) or len(parts) != 2:
        return None
    above, below = (tuple(map(float, values[part])) for part in parts)
    return _Rate((parts[0],), (parts[1],), above, below, 100.0 if node.metric.is_percent else 1.0)


def _rate_of_product(node: NodeView, view: TreeView) -> _Rate | None:
    """A factor of a product that begins with a volume: what the factors up to it make, by what those before it make."""
    chain = _chain(node, view)
    if not chain or any(each.value is None or each.base is None for each in chain):
        return None
    sides = [[(float(each.base or 0), float(each.value or 0)) for each in part] for part in (chain, chain[:-1])]
    above, below = (tuple(prod(pair[side] for pair in part) for side in (0, 1)) for part in sides)
    metrics = tuple(each.metric.pk for each in chain)
    return _Rate(metrics, metrics[:-1], above, below)


def _chain(node: NodeView, view: TreeView) -> list[NodeView]:
    """The factors of a product from the volume to a rate; nothing where it is no such product."""
    parent = view.nodes.get(node.node.parent_id or 0)
    if parent is None or parent.node.kind != DriverNode.Kind.PRODUCT:
        return []
    factors = [view.nodes[pk] for pk in parent.children]
    of_one_unit = {factor.node.org_unit_id for factor in factors} == {node.node.org_unit_id}
    if not of_one_unit or factors[0].metric.aggregation != Metric.Aggregation.SUM or factors[0].pk == node.pk:
        return []
    return factors[: factors.index(node) + 1]


def _shares(
    node: NodeView, view: TreeView, quantities: _Quantities, subjects: Subjects, named: Mapping[int, Share]
) -> tuple[Share, ...]:
    """One share each for whom the reader may name, one for all others, one for what belongs to nobody."""
    moved = {pk: each for pk, values in subjects.items() if (each := quantities.moved(values)) is not None}
    if not moved or node.contribution is None:
        return ()
    seen = [pk for pk in moved if pk in named]
    hidden = [pk for pk in moved if pk not in named]
    exact = (node.weight or 0.0) * float(node.change or 0)
    parts = [moved[pk] for pk in seen] + [sum(moved[pk] for pk in hidden)] + [exact - sum(moved.values())]
    amounts = settle(parts, view.root.metric.decimals, node.contribution)
    down = view.root.metric.direction == Metric.Direction.DOWN
    shares = sorted(
        _named(seen, amounts, named, subjects, quantities.shown), key=lambda each: each.amount, reverse=down
    )
    if hidden:
        shares.append(Share(amounts[-2], is_others=True, count=len(hidden)))
    nobodys = amounts[-1] if hidden else amounts[-1] + amounts[-2]
    return (*shares, Share(nobodys)) if nobodys else tuple(shares)


def _named(
    seen: Sequence[int], amounts: Iterable[Decimal], named: Mapping[int, Share], subjects: Subjects, shown: int
) -> list[Share]:
    found = []
    for pk, amount in zip(seen, amounts, strict=False):
        base, value = subjects[pk].get(shown, (None, None))
        found.append(Share(amount, named[pk].unit, named[pk].employee, value, base))
    return found
