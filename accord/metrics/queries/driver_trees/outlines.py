"""A tree as the editor shows it, and whether its formula agrees with what is measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.driver_tree.formula import made_of
from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.queries.driver_trees.histories import Histories, histories_of, newest_period

Kind = DriverNode.Kind
_SIGNS = {Kind.PRODUCT: "×", Kind.SUM: "+", Kind.RATIO: "÷", Kind.MEAN: ","}


@dataclass(frozen=True)
class Outlined:
    """A node with what is below it."""

    node: DriverNode
    children: tuple[Outlined, ...]

    @property
    def sign(self) -> str:
        """What stands between the parts."""
        return _SIGNS.get(Kind(self.node.kind), "")

    @property
    def is_root(self) -> bool:
        return self.node.parent_id is None


@dataclass(frozen=True)
class FitLine:
    """One period: what was measured, what the formula makes of its parts, and the residual between them."""

    period: Period
    measured: Decimal | None
    formula: Decimal | None

    @property
    def residual(self) -> Decimal | None:
        return None if self.measured is None or self.formula is None else self.measured - self.formula

    @property
    def is_close(self) -> bool:
        """Whether the residual is at most one percent of what was measured."""
        return self.share is not None and abs(self.share) <= 1

    @property
    def share(self) -> Decimal | None:
        """The residual in percent of what was measured."""
        if self.residual is None or not self.measured:
            return None
        return self.residual / abs(self.measured) * 100


@dataclass(frozen=True)
class Fitness:
    """A node over the last periods. `series` is the key of its series."""

    node: DriverNode
    series: int | None
    lines: tuple[FitLine, ...]

    @property
    def shown(self) -> list[FitLine]:
        """The periods in which anything is known, the newest first."""
        return [line for line in reversed(self.lines) if line.measured is not None or line.formula is not None]


def outline_of(tree: DriverTree) -> Outlined:
    """The tree from the root down. One statement."""
    return _outlined(None, _below(tree))[0]


def node_of(tree: DriverTree, pk: int) -> DriverNode | None:
    """A node of this tree, with its metric, units and owner."""
    related = ("metric", "org_unit", "owner_unit", "owner")
    return DriverNode.objects.select_related(*related).filter(tree=tree, pk=pk).first()


def fitness_of(tree: DriverTree, node: DriverNode | None = None) -> Fitness:
    """The root, or another node, beside what the values at the ends of its branches make of it; thirteen periods."""
    below = _below(tree)
    nodes = [each for siblings in below.values() for each in siblings]
    top = node or below[None][0]
    histories = histories_of(nodes, newest_period(tree))
    history = histories.nodes[top.pk]
    lines = (
        FitLine(period, history.values[place], _from_ends(top, below, histories, place))
        for place, period in enumerate(histories.periods)
    )
    return Fitness(top, history.series, tuple(lines))


def fitness_of_draft(
    tree: DriverTree, node: DriverNode, kind: str, scale: Decimal, parts: Sequence[tuple[int, int]]
) -> Fitness:
    """A node beside what some parts (metric and unit) would make of it; nothing is stored."""
    drafts = [
        DriverNode(pk=-place, metric_id=metric, org_unit_id=unit) for place, (metric, unit) in enumerate(parts, start=1)
    ]
    histories = histories_of([node, *drafts], newest_period(tree))
    history = histories.nodes[node.pk]
    lines = (
        FitLine(
            period,
            history.values[place],
            made_of(kind, [histories.nodes[draft.pk].values[place] for draft in drafts], scale),
        )
        for place, period in enumerate(histories.periods)
    )
    return Fitness(node, history.series, tuple(lines))


def parts_of(tree: DriverTree, node: DriverNode) -> list[DriverNode]:
    """The parts of a node, in their order, with their metrics."""
    return list(tree.nodes.filter(parent=node).select_related("metric").order_by("place", "id"))


def _below(tree: DriverTree) -> defaultdict[int | None, list[DriverNode]]:
    found: defaultdict[int | None, list[DriverNode]] = defaultdict(list)
    nodes = tree.nodes.select_related("metric", "org_unit", "owner_unit", "owner").order_by("place", "id")
    for node in nodes:
        found[node.parent_id].append(node)
    return found


def _outlined(parent: int | None, below: defaultdict[int | None, list[DriverNode]]) -> tuple[Outlined, ...]:
    return tuple(Outlined(node, _outlined(node.pk, below)) for node in below[parent])


def _from_ends(
    node: DriverNode, below: defaultdict[int | None, list[DriverNode]], histories: Histories, place: int
) -> Decimal | None:
    """What the values at the ends of the branches make of a node, whatever is measured in between."""
    parts = below[node.pk]
    if not parts:
        return histories.nodes[node.pk].values[place]
    return made_of(node.kind, [_from_ends(part, below, histories, place) for part in parts], node.scale)
