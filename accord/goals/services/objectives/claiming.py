"""Compare-and-set on an objective."""

from __future__ import annotations

from accord.foundation.services.events import record
from accord.goals.errors.objectives import ObjectiveChanged, ObjectiveClosed, ObjectiveGone
from accord.goals.models import Objective
from accord.people.models import Employee


def claim(objective: Objective, edition: int, **values: object) -> int:
    """Change an open objective that is still in `edition`, and return the new one.

    Raises ObjectiveChanged, ObjectiveClosed or ObjectiveGone to whoever came second.
    """
    wanted = Objective.objects.filter(pk=objective.pk, edition=edition, state=Objective.State.OPEN)
    if not wanted.update(edition=edition + 1, **values):
        raise _refusal(objective)
    return edition + 1


def require_open(objective: Objective) -> None:
    """Raise ObjectiveClosed or ObjectiveGone for an objective on which nothing can be reported any more."""
    if not Objective.objects.filter(pk=objective.pk, state=Objective.State.OPEN).exists():
        raise _refusal(objective)


def tell(what: str, objective: Objective, actor: Employee, **payload: object) -> None:
    """Record a fact about an objective."""
    subject = f"objectives:{objective.pk}"
    record(f"objective.{what}", subject=subject, actor=actor.user, objective_id=objective.pk, **payload)


def _refusal(objective: Objective) -> ObjectiveChanged | ObjectiveClosed | ObjectiveGone:
    now = Objective.objects.filter(pk=objective.pk).first()
    if now is None:
        return ObjectiveGone()
    error = ObjectiveClosed if now.state == Objective.State.CLOSED else ObjectiveChanged
    return error(title=now.title)
