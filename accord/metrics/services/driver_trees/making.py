"""Making a driver tree."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accord.domain.periods import Frequency
from accord.foundation.services import events
from accord.metrics.errors.driver_trees import TreeNameTaken
from accord.metrics.models import DriverTree
from accord.metrics.services.driver_trees.checking import check_draft, checked_name
from accord.metrics.services.driver_trees.drafts import NodeDraft
from accord.metrics.services.driver_trees.writing import write_draft
from accord.people.models import Employee, OrgUnit


@transaction.atomic
def make_tree(
    name: str,
    org_unit: OrgUnit,
    draft: NodeDraft,
    actor: Employee,
    *,
    frequency: Frequency = Frequency.WEEK,
    owner: Employee | None = None,
) -> DriverTree:
    """Make a tree of a unit from a nested draft; the owner is the head of the unit where nobody else is named.

    Raises TreeNameMissing, TreeNameTaken, or what `check_draft` finds.
    """
    name = checked_name(name)
    owner_id = owner.pk if owner else org_unit.head_id
    tree = DriverTree(name=name, org_unit=org_unit, frequency=frequency, owner_id=owner_id)
    check_draft(tree, draft)
    try:
        with transaction.atomic():
            tree.save()
    except IntegrityError as error:
        raise TreeNameTaken(tree=name, unit=org_unit.name) from error
    write_draft(tree, draft)
    events.record(
        "driver_tree.made",
        subject=f"driver_trees:{tree.pk}",
        actor=actor.user,
        tree_id=tree.pk,
        org_unit_id=org_unit.pk,
    )
    return tree
