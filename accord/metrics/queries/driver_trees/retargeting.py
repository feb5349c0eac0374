"""What the targets of a tree become when one is changed, shown before anything is set."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from accord.domain.driver_tree.targets import Keep, gaps, retarget
from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTree
from accord.metrics.queries.driver_trees.standing import outline_of


@dataclass(frozen=True)
class TargetLine:
    """A node with its target in force and what it would become.

    `gap` is the new target less what the new targets of the parts make; None where that is nothing worth printing.
    """

    node: DriverNode
    depth: int
    before: Decimal | None
    after: Decimal | None
    gap: Decimal | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class TargetPlan:
    """All nodes, each before its parts. Nothing is written: `set_targets` takes what a person confirmed of `moves`."""

    tree: DriverTree
    from_period: Period
    lines: tuple[TargetLine, ...]

    @property
    def moves(self) -> dict[int, Decimal]:
        """The new targets by the key of the node."""
        return {line.node.pk: line.after for line in self.lines if line.is_changed and line.after is not None}


def target_plan(
    tree: DriverTree,
    from_period: Period,
    changed: int | None = None,
    value: Decimal | None = None,
    *,
    keep: Keep = "root",
    locked: Collection[int] = (),
) -> TargetPlan:
    """The targets in force in a period, and what they become if the target of `changed` is `value`.

    `keep` "root": the siblings that are not locked carry it, so that everything above holds. "others": the siblings
    stay and everything above follows. Raises CannotRetarget, which explains itself. Two statements.
    """
    standing = outline_of(tree, from_period)
    goals = {pk: standing.goal(pk) for pk in standing.depths}
    moved: Mapping[int, Decimal] = {}
    if changed is not None and changed in goals and value is not None:
        moved = retarget(goals, changed, value, keep, locked)
    after = {pk: replace(goal, target=moved.get(pk, goal.target)) for pk, goal in goals.items()}
    left = gaps(after)
    return TargetPlan(
        tree,
        from_period,
        tuple(
            TargetLine(node, standing.depths[node.pk], goals[node.pk].target, after[node.pk].target, _gap(node, left))
            for node in standing.in_order()
        ),
    )


def _gap(node: DriverNode, left: Mapping[int, Decimal]) -> Decimal | None:
    gap = left.get(node.pk)
    return gap if gap is not None and round(gap, node.metric.decimals) else None
