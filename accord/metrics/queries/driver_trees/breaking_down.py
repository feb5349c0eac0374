"""A node's contribution by the units and the people below it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from accord.metrics.queries.driver_trees.views import NodeView, TreeView
from accord.people.access import Actor
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
    """Who moved a node; None where the tree could not be attributed. A fixed number of statements."""
    raise NotImplementedError
