"""A tree in one period, compared with its targets or with the period before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from accord.domain.driver_tree.settling import settle
from accord.domain.periods import Period
from accord.domain.status import Light, light_of
from accord.domain.wording import ExplainedError
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.queries.driver_trees.attributing import Attributed, attributed
from accord.metrics.queries.driver_trees.standing import Standing, made_of, standing_of

Against = Literal["target", "before"]


@dataclass(frozen=True)
class NodeView:
    """A node as it stands. `node` has its metric, unit, owner unit and owner at hand.

    `value` is the measured one, or what the formula makes of the parts where nothing is measured (`is_measured`);
    `formula` is always what the parts make. `base` is what the value is compared with: the target, or the value before.
    `contribution` is what the node moved the root by, settled to the decimals of the root: those of its parts and its
    own `residual`, which its parts do not explain (None where they explain all), add up to it. `weight` is how much the
    root moves for each unit of the node. `series` is the key of the series, for its page.
    """

    node: DriverNode
    depth: int
    children: tuple[int, ...]
    series: int | None
    value: Decimal | None
    is_measured: bool
    formula: Decimal | None
    target: Decimal | None
    before: Decimal | None
    base: Decimal | None
    light: Light | None
    contribution: Decimal | None
    residual: Decimal | None
    weight: float | None

    @property
    def pk(self) -> int:
        return self.node.pk

    @property
    def metric(self) -> Metric:
        return self.node.metric

    @property
    def change(self) -> Decimal | None:
        """Value less base, in the node's own unit."""
        return None if self.value is None or self.base is None else self.value - self.base

    @property
    def gap(self) -> Decimal | None:
        """The measured value less what the parts make; None where they agree or one of the two is not known."""
        if not self.is_measured or self.value is None or self.formula is None:
            return None
        return self.value - self.formula or None


@dataclass(frozen=True)
class Step:
    """One step of the waterfall, settled so that all steps add up to the printed change. `node` None: the residual."""

    node: NodeView | None
    amount: Decimal


@dataclass(frozen=True)
class TreeView:
    """The nodes by key, each before its parts. `problem` says why nothing could be attributed, where that is so.

    `missing` are the measured nodes without a value or without anything to compare with. `change` is the printed change
    of the root (its decimals) and `steps` what it is made of: every driver at the end of a branch, the residual last.
    """

    tree: DriverTree
    period: Period
    against: Against
    root: NodeView
    nodes: dict[int, NodeView]
    change: Decimal | None
    steps: tuple[Step, ...]
    residual: Decimal | None
    missing: tuple[NodeView, ...]
    problem: ExplainedError | None

    @property
    def is_attributed(self) -> bool:
        return bool(self.steps)


def tree_view(tree: DriverTree, period: Period, against: Against = "before") -> TreeView:
    """The tree in a period: four statements, whatever its size."""
    standing = standing_of(tree, period)
    bases = standing.targets if against == "target" else made_of(standing, standing.before)
    found = attributed(standing, standing.values, standing.targets if against == "target" else standing.before)
    settled = _settled(standing, found)
    values = made_of(standing, standing.values)
    nodes = {node.pk: _node_view(node, standing, values, bases, found, settled) for node in standing.in_order()}
    root = nodes[standing.root]
    steps = _steps(nodes, found, settled)
    residual = sum((each for each in settled.residuals.values()), Decimal(0)) if found.is_done else None
    return TreeView(
        tree,
        period,
        against,
        root,
        nodes,
        root.contribution,
        steps,
        residual,
        tuple(nodes[pk] for pk in found.missing),
        found.problem,
    )


@dataclass(frozen=True)
class _Settled:
    """The printed amounts: of every driver, of every residual, and of every node with all below it."""

    leaves: dict[int, Decimal]
    residuals: dict[int, Decimal]
    totals: dict[int, Decimal]


def _settled(standing: Standing, found: Attributed) -> _Settled:
    if not found.is_done:
        return _Settled({}, {}, {})
    root = standing.nodes[standing.root]
    keys = [*found.leaves, *found.residuals]
    amounts = settle([*found.leaves.values(), *found.residuals.values()], root.metric.decimals, found.change)
    split = len(found.leaves)
    leaves = dict(zip(keys[:split], amounts[:split], strict=True))
    residuals = dict(zip(keys[split:], amounts[split:], strict=True))
    totals: dict[int, Decimal] = {}
    for node in reversed(standing.in_order()):
        if node.pk in leaves:
            totals[node.pk] = leaves[node.pk]
        elif node.pk in found.weights:
            below = (totals[child] for child in standing.children[node.pk])
            totals[node.pk] = sum(below, residuals.get(node.pk, Decimal(0)))
    return _Settled(leaves, residuals, totals)


def _node_view(
    node: DriverNode,
    standing: Standing,
    values: dict[int, Decimal],
    bases: dict[int, Decimal],
    found: Attributed,
    settled: _Settled,
) -> NodeView:
    value, target = values.get(node.pk), standing.targets.get(node.pk)
    light = None
    if value is not None and target is not None:
        light = light_of(value, target, node.metric.direction == Metric.Direction.DOWN)
    return NodeView(
        node=node,
        depth=standing.depths[node.pk],
        children=standing.children[node.pk],
        series=standing.series.get(node.pk),
        value=value,
        is_measured=node.pk in standing.values,
        formula=standing.made(node.pk, values),
        target=target,
        before=standing.before.get(node.pk),
        base=bases.get(node.pk),
        light=light,
        contribution=settled.totals.get(node.pk),
        residual=settled.residuals.get(node.pk) or None,
        weight=found.weights.get(node.pk),
    )


def _steps(nodes: dict[int, NodeView], found: Attributed, settled: _Settled) -> tuple[Step, ...]:
    if not found.is_done:
        return ()
    steps = [Step(nodes[pk], amount) for pk, amount in settled.leaves.items()]
    if any(settled.residuals.values()):
        steps.append(Step(None, sum(settled.residuals.values(), Decimal(0))))
    return tuple(steps)
