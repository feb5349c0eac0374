"""A tree in one period, compared with its targets or with the period before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from accord.domain.periods import Period
from accord.domain.status import Light
from accord.domain.wording import ExplainedError
from accord.metrics.models import DriverNode, DriverTree

Against = Literal["target", "before"]


@dataclass(frozen=True)
class NodeView:
    """A node as it stands. `node` has its metric, unit, owner unit and owner at hand.

    `value` is the measured one, or what the formula makes of the parts where nothing is measured (`is_measured`);
    `formula` is always what the parts make. `base` is what the value is compared with: the target, or the value before.
    `contribution` is what the node moved the root by, in the unit of the root, exactly; `residual` the part of it that
    its parts do not explain (None where they explain all). `series` is the key of the series, for its page.
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

    @property
    def pk(self) -> int:
        return self.node.pk

    @property
    def change(self) -> Decimal | None:
        """Value less base, in the node's own unit."""
        return None if self.value is None or self.base is None else self.value - self.base


@dataclass(frozen=True)
class Step:
    """One step of the waterfall, settled so that all steps add up to the printed change. `node` None: the residual."""

    node: NodeView | None
    amount: Decimal


@dataclass(frozen=True)
class TreeView:
    """The nodes by key, each before its parts. `problem` says why nothing could be attributed, where that is so.

    `missing` are the nodes without a value or without anything to compare with. `change` is the printed change of the
    root (its decimals) and `steps` what it is made of: every driver at the end of a branch, the residual last.
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


def tree_view(tree: DriverTree, period: Period, against: Against = "before") -> TreeView:
    """The tree in a period: four statements, whatever its size."""
    raise NotImplementedError
