"""Placing an objective below another."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F

from accord.goals.errors.objectives import ObjectiveGone, ParentInOtherCycle, RingOfObjectives
from accord.goals.models import Cycle, Objective
from accord.goals.queries.alignment import path_to
from accord.goals.services.objectives.claiming import claim, tell
from accord.people.models import Employee


@transaction.atomic
def place_below(objective: Objective, edition: int, parent: Objective | None, actor: Employee) -> int:
    """Place an objective below `parent`, or at the top for None. Returns the new edition.

    Raises ParentInOtherCycle, or RingOfObjectives where `parent` lies below it.
    """
    # Two moves in one cycle could each be right alone and make a ring together: one waits for the other here.
    Cycle.objects.filter(pk=objective.cycle_id).update(name=F("name"))
    if parent is not None:
        _require_outside(objective, parent)
    before = objective.parent_id
    edition = claim(objective, edition, parent=parent)
    tell("moved", objective, actor, before=before, after=parent.pk if parent else None)
    return edition


def _require_outside(objective: Objective, parent: Objective) -> None:
    if parent.cycle_id != objective.cycle_id:
        raise ParentInOtherCycle(title=parent.title)
    path = path_to(parent.pk)
    if not path:
        raise ObjectiveGone
    if objective.pk in path:
        raise RingOfObjectives(title=objective.title)
