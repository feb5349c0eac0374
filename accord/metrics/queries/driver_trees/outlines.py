"""A tree as the editor shows it, and whether its formula agrees with what is measured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accord.domain.driver_tree.targets import Goal, formula, rounded_any
from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.queries.driver_trees.histories import Histories, histories_of, newest_period
from accord.metrics.queries.driver_trees.standing import KINDS, made_of, nodes_of, outline_of

Kind = DriverNode.Kind


@dataclass(frozen=True)
class Outlined:
    """A node with what is below it."""

    node: DriverNode
    children: tuple[Outlined, ...]

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


def nested_of(tree: DriverTree) -> Outlined:
    """The tree from the root down. One statement."""
    below: defaultdict[int | None, list[DriverNode]] = defaultdict(list)
    for node in nodes_of(tree):
        below[node.parent_id].append(node)
    return _nested(None, below)[0]


def node_of(tree: DriverTree, pk: int) -> DriverNode | None:
    """A node of this tree, with its metric, units and owner."""
    related = ("metric", "org_unit", "owner_unit", "owner")
    return DriverNode.objects.select_related(*related).filter(tree=tree, pk=pk).first()


def parts_of(tree: DriverTree, node: DriverNode) -> list[DriverNode]:
    """The parts of a node, in their order."""
    return list(tree.nodes.filter(parent=node).order_by("place", "id"))


def fitness_of(tree: DriverTree) -> Fitness:
    """The root beside what the values at the ends of its branches make of it, whatever is measured in between."""
    newest = newest_period(tree)
    standing = outline_of(tree, newest)
    root = standing.nodes[standing.root]
    histories = histories_of(list(standing.nodes.values()), newest)
    ends = [pk for pk, children in standing.children.items() if not children and pk != root.pk]

    def made(place: int) -> Decimal | None:
        values = {pk: value for pk in ends if (value := histories.nodes[pk].values[place]) is not None}
        return made_of(standing, values).get(root.pk)

    return _fitness(root, histories, made)


def fitness_of_draft(
    tree: DriverTree, node: DriverNode, kind: str, scale: Decimal, parts: Sequence[tuple[int, int]]
) -> Fitness:
    """A node beside what some parts (metric and unit) would make of it; nothing is stored."""
    drafts = [
        DriverNode(pk=-place, metric_id=metric, org_unit_id=unit) for place, (metric, unit) in enumerate(parts, start=1)
    ]
    histories = histories_of([node, *drafts], newest_period(tree))
    goal = Goal(node.metric.name, KINDS[kind], tuple(draft.pk for draft in drafts), None, node.metric.decimals, scale)

    def made(place: int) -> Decimal | None:
        values = [histories.nodes[draft.pk].values[place] for draft in drafts]
        known = [Fraction(value) for value in values if value is not None]
        if len(known) < len(values) or not _fits(kind, len(values)):
            return None
        found = formula(goal, known)
        return None if found is None else rounded_any(found)

    return _fitness(node, histories, made)


def _fits(kind: str, parts: int) -> bool:
    return parts == 2 if kind == Kind.RATIO else kind != Kind.MEAN or parts % 2 == 0


def _fitness(node: DriverNode, histories: Histories, made: Callable[[int], Decimal | None]) -> Fitness:
    history = histories.nodes[node.pk]
    lines = (FitLine(period, history.values[place], made(place)) for place, period in enumerate(histories.periods))
    return Fitness(node, history.series, tuple(lines))


def _nested(parent: int | None, below: Mapping[int | None, list[DriverNode]]) -> tuple[Outlined, ...]:
    return tuple(Outlined(node, _nested(node.pk, below)) for node in below.get(parent, ()))
