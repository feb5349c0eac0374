"""What the targets of a tree become when one is changed, shown before anything is set."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTree

Keep = Literal["root", "others"]


@dataclass(frozen=True)
class TargetLine:
    """A node with its target in force and what it would become; `gap` is the target less what the parts' targets make."""

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
    """All nodes, each before its parts. Nothing is written: `set_targets` takes `moves` once a person confirmed them."""

    tree: DriverTree
    from_period: Period
    lines: tuple[TargetLine, ...]

    @property
    def moves(self) -> dict[int, Decimal]:
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
    stay and everything above follows. Raises CannotRetarget (domain), with a sentence. Two statements.
    """
    raise NotImplementedError
