"""What is known of a tree in a period: its nodes, the values measured now and before, and the targets in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from django.db.models import Q

from accord.domain.driver_tree.flat import Kind
from accord.domain.driver_tree.targets import Goal, formula, rounded_any
from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTarget, DriverTree, Measurement, Series

KINDS = {kind.value: Kind[kind.name] for kind in DriverNode.Kind}


@dataclass(frozen=True)
class Standing:
    """By the key of the node. `values` and `before` are measured; `series` names the series of metric and unit."""

    root: int
    nodes: dict[int, DriverNode]
    children: dict[int, tuple[int, ...]]
    depths: dict[int, int]
    series: dict[int, int]
    values: dict[int, Decimal]
    before: dict[int, Decimal]
    targets: dict[int, Decimal]

    def in_order(self) -> list[DriverNode]:
        """Each node before its parts."""
        return [self.nodes[pk] for pk in self.depths]

    def made(self, pk: int, values: Mapping[int, Decimal]) -> Decimal | None:
        """What the parts of a node make of some values; None for a measured node and where a part has no value."""
        children = self.children[pk]
        parts = [Fraction(values[child]) for child in children if child in values]
        if not parts or len(parts) != len(children):
            return None
        found = formula(self.goal(pk), parts)
        return None if found is None else rounded_any(found).normalize()

    def goal(self, pk: int) -> Goal:
        """The node as the arithmetic of targets knows it."""
        node = self.nodes[pk]
        return Goal(
            name=node.metric.name,
            kind=KINDS[node.kind],
            children=self.children[pk],
            target=self.targets.get(pk),
            decimals=node.metric.decimals,
            scale=node.scale,
        )


def standing_of(tree: DriverTree, period: Period) -> Standing:
    """The tree in a period; four statements."""
    outline = outline_of(tree, period)
    series = _series(list(outline.nodes.values()))
    values = _values(set(series.values()), period)
    return replace(
        outline,
        series=series,
        values={pk: values[key, period.key] for pk, key in series.items() if (key, period.key) in values},
        before={pk: values[key, period.key - 1] for pk, key in series.items() if (key, period.key - 1) in values},
    )


def outline_of(tree: DriverTree, period: Period) -> Standing:
    """The tree with the targets in force in a period, without values; two statements."""
    nodes = nodes_of(tree)
    children: dict[int | None, list[int]] = {None: []}
    for node in nodes:
        children.setdefault(node.pk, [])
        children.setdefault(node.parent_id, []).append(node.pk)
    root = children[None][0]
    return Standing(
        root=root,
        nodes={node.pk: node for node in nodes},
        children={node.pk: tuple(children[node.pk]) for node in nodes},
        depths=_depths(root, children),
        series={},
        values={},
        before={},
        targets=targets_in_force(tree, period),
    )


def nodes_of(tree: DriverTree) -> list[DriverNode]:
    """The nodes with metric, unit and owners at hand, in the order of their places. One statement."""
    related = ("metric", "org_unit", "owner_unit__head", "owner")
    return list(tree.nodes.select_related(*related).order_by("parent", "place", "id"))


def made_of(standing: Standing, measured: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """The measured values, and where nothing is measured what the formula makes of the parts."""
    found = dict(measured)
    for node in reversed(standing.in_order()):
        if node.pk not in found and (made := standing.made(node.pk, found)) is not None:
            found[node.pk] = made
    return found


def targets_in_force(tree: DriverTree, period: Period) -> dict[int, Decimal]:
    """The target of each node that has one: the last that was set for this period or one before. One statement."""
    rows = DriverTarget.objects.filter(node__tree=tree, from_period__lte=period.key)
    return dict(rows.order_by("from_period", "id").values_list("node_id", "value"))


def _depths(root: int, children: Mapping[int | None, list[int]]) -> dict[int, int]:
    """The depth of each node, in an order in which each comes before its parts."""
    depths: dict[int, int] = {}
    waiting = [(root, 0)]
    while waiting:
        pk, depth = waiting.pop()
        depths[pk] = depth
        waiting.extend((child, depth + 1) for child in reversed(children[pk]))
    return depths


def _series(nodes: list[DriverNode]) -> dict[int, int]:
    units, metrics = {node.org_unit_id for node in nodes}, {node.metric_id for node in nodes}
    rows = Series.objects.filter(Q(org_unit__in=units, metric__in=metrics))
    known = {(unit, metric): pk for pk, unit, metric in rows.values_list("pk", "org_unit_id", "metric_id")}
    found = {node.pk: known.get((node.org_unit_id, node.metric_id)) for node in nodes}
    return {pk: key for pk, key in found.items() if key is not None}


def _values(series: set[int], period: Period) -> dict[tuple[int, int], Decimal]:
    rows = Measurement.objects.filter(period__in=[period.key, period.key - 1], series__in=series)
    return {(key, at): value for key, at, value in rows.values_list("series_id", "period", "value")}
