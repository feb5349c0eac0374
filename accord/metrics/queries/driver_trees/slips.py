"""Which driver slipped, since when, who owns it, and what happened last time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accord.domain.periods import Period
from accord.metrics.queries.driver_trees.views import NodeView, TreeView
from accord.people.models import Employee, OrgUnit


@dataclass(frozen=True)
class Episode:
    """A stretch in which a driver was short before: from when, its worst value, and when it was well again."""

    since: Period
    until: Period
    worst: Decimal
    worst_period: Period
    recovered: Period | None


@dataclass(frozen=True)
class Slip:
    """The driver that pulled the root down most. `periods` of them in a row, `since` the first.

    `is_against_target` says whether it was short of its target or, where it has none, fell from period to period.
    """

    node: NodeView
    amount: Decimal
    since: Period
    periods: int
    is_against_target: bool
    owner: Employee | None
    owner_unit: OrgUnit | None
    last_time: Episode | None


def slip_of(view: TreeView) -> Slip | None:
    """The driver with the contribution worst for the root, None where nothing pulled it down. Three statements."""
    raise NotImplementedError
