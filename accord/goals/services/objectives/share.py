"""How much objectives count in the score of a cycle: nothing, unless somebody says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.goals.errors.objectives import CycleIsOver, ShareChanged
from accord.goals.models import Cycle
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep


@transaction.atomic
def set_okr_share(
    cycle: Cycle, seen: Decimal, share: Decimal, reason: str, actor: Employee, today: date | None = None
) -> None:
    """Let objectives make up `share` (0 to 1) of the score of a cycle that is not over; kept in the archive.

    `seen` is the share its author saw. Raises CycleIsOver, or ShareChanged if somebody was faster.
    """
    if not (0 <= share <= 1 and reason.strip()):
        raise ValueError("a share lies between 0 and 1 and has a reason")
    if cycle.ends_on < (today or organisation_day()):
        raise CycleIsOver(cycle=cycle.name)
    if not Cycle.objects.filter(pk=cycle.pk, okr_share=seen).update(okr_share=share):
        raise ShareChanged(cycle=cycle.name)
    facts = {"before": f"{seen:f}", "after": f"{share:f}"}
    subject = f"cycles:{cycle.pk}"
    record("cycle.okr_share_set", subject=subject, actor=actor.user, cycle_id=cycle.pk, **facts)
    keep("cycle.okr_share_set", subject, {"cycle": cycle.name, "reason": reason.strip(), **facts}, actor=actor)
