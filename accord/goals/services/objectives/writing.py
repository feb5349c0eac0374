"""Making, wording and deleting an objective."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError

from accord.goals.errors.objectives import ObjectiveHasCheckIns, ObjectiveHasObjectivesBelow, ParentInOtherCycle
from accord.goals.models import Cycle, Objective
from accord.goals.queries.check_ins import reported_on
from accord.goals.services.objectives.claiming import claim, tell
from accord.people.models import Employee, OrgUnit


@dataclass(frozen=True)
class Words:
    """What an objective says, and who answers for it."""

    title: str
    why: str = ""
    owner: Employee | None = None


@transaction.atomic
def make_objective(
    cycle: Cycle, subject: Employee | OrgUnit, words: Words, actor: Employee, parent: Objective | None = None
) -> Objective:
    """Give a person or a unit an objective. A person owns their own; a unit's falls to its head unless it is named."""
    if parent is not None and parent.cycle_id != cycle.pk:
        raise ParentInOtherCycle(title=parent.title)
    employee, unit = (subject, None) if isinstance(subject, Employee) else (None, subject)
    objective = Objective.objects.create(
        cycle=cycle,
        parent=parent,
        employee=employee,
        org_unit=unit,
        owner=employee or words.owner or (unit.head if unit else None),
        title=words.title,
        why=words.why,
        made_by=actor,
    )
    tell("made", objective, actor)
    return objective


@transaction.atomic
def edit_objective(objective: Objective, edition: int, words: Words, actor: Employee) -> int:
    """Change the words, and whom a unit has named; a person's objective stays theirs. Returns the new edition."""
    owner = objective.employee or words.owner or objective.owner
    wanted = {"title": words.title, "why": words.why, "owner": owner}
    changed = [name for name, value in wanted.items() if getattr(objective, name) != value]
    edition = claim(objective, edition, **wanted)
    tell("changed", objective, actor, changed=changed)
    return edition


@transaction.atomic
def delete_objective(objective: Objective, edition: int, actor: Employee) -> None:
    """Delete an objective on which nothing was reported and below which nothing stands."""
    claim(objective, edition)
    if reported_on(objective.key_results.all()):
        raise ObjectiveHasCheckIns(title=objective.title)
    tell("deleted", objective, actor)
    try:
        Objective.objects.get(pk=objective.pk).delete()
    except ProtectedError as error:
        raise ObjectiveHasObjectivesBelow(title=objective.title) from error
