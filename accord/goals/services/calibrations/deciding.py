"""Decisions on the points of an agenda, and external changes that are noted between the meetings."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.foundation.services.events import record
from accord.goals.errors.calibrations import PointDecided
from accord.goals.models import CalibrationItem, Cycle, ExternalChange
from accord.goals.services.calibrations.meetings import count_on
from accord.metrics.models import Metric
from accord.people.models import Employee, OrgUnit


@transaction.atomic
def decide(item: CalibrationItem, edition: int, decision: str, note: str, actor: Employee) -> None:
    """Write down what was decided on a point: keep, adjust or follow up. A decision may be changed while in session.

    Raises PointDecided where somebody wrote since `edition`, MeetingNotOpen outside of the session.
    """
    if decision not in CalibrationItem.Decision.values:
        raise ValueError(f"no such decision: {decision}")
    count_on(item.meeting)
    seen = CalibrationItem.objects.filter(pk=item.pk, edition=edition)
    deciding = {"decision": decision, "note": note.strip(), "decided_by": actor, "decided_at": timezone.now()}
    if not seen.update(edition=F("edition") + 1, **deciding):
        faster = CalibrationItem.objects.select_related("decided_by").get(pk=item.pk).decided_by
        raise PointDecided(name=faster.name if faster else "")
    record(
        "calibration.decided",
        subject=f"calibration_meetings:{item.meeting_id}",
        actor=actor.user,
        meeting_id=item.meeting_id,
        item_id=item.pk,
        decision=decision,
    )


@transaction.atomic
def note_change(
    cycle: Cycle, org_unit: OrgUnit, happened_on: date, text: str, actor: Employee, metric: Metric | None = None
) -> ExternalChange:
    """Note what has moved the numbers of a unit from outside; it comes onto the agenda of its next meeting."""
    change = ExternalChange.objects.create(
        cycle=cycle,
        org_unit=org_unit,
        happened_on=happened_on,
        text=text.strip(),
        metric=metric,
        noted_by=actor,
        noted_at=timezone.now(),
    )
    record("external_change.noted", subject=f"external_changes:{change.pk}", actor=actor.user, change_id=change.pk)
    return change
