"""Who and which agreements a calibration meeting is about."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from accord.goals.models import Agreement, CalibrationMeeting, CalibrationMember, ExternalChange
from accord.people.models import Employee, OrgUnit, OrgUnitClosure


def team_of(meeting: CalibrationMeeting) -> QuerySet[Employee]:
    """The people of a meeting: today's team until it opens, and those of that day from then on."""
    if meeting.state != CalibrationMeeting.State.PLANNED:
        members = CalibrationMember.objects.filter(meeting=meeting).values("employee_id")
        return Employee.objects.filter(pk__in=members)
    working = Employee.objects.exclude(status=Employee.Status.LEFT)
    if meeting.manager_id:
        return working.filter(manager=meeting.manager_id)
    # The head's own agreement is calibrated a level up, in the meeting of whoever they report to.
    tree = OrgUnitClosure.objects.filter(ancestor=meeting.org_unit_id).values("descendant_id")
    team = working.filter(org_unit__in=tree)
    head = meeting.org_unit.head_id if meeting.org_unit else None
    return team.exclude(pk=head) if head else team


def day_of(meeting: CalibrationMeeting, today: date) -> date:
    """The day a meeting looks at its cycle from: today, within the cycle."""
    return max(meeting.cycle.starts_on, min(today, meeting.cycle.ends_on))


def agreements_of(
    meeting: CalibrationMeeting, today: date, people: QuerySet[Employee] | None = None
) -> list[Agreement]:
    """The agreements that hold for the team, by name; of somebody who moved in mid-cycle the one of the day.

    With `people` only theirs.
    """
    day = day_of(meeting, today)
    agreements = Agreement.objects.filter(
        cycle=meeting.cycle_id, employee__in=team_of(meeting), starts_on__lte=day, ends_on__gte=day
    )
    if people is not None:
        agreements = agreements.filter(employee__in=people)
    return list(agreements.select_related("employee__position", "manager", "cycle").order_by("employee__name", "pk"))


def units_of(meeting: CalibrationMeeting) -> QuerySet[OrgUnit]:
    """The units whose external changes concern the team: its own, those in it, and those it lies in."""
    unit = meeting.org_unit_id or (meeting.manager.org_unit_id if meeting.manager else None)
    inside = OrgUnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    above = OrgUnitClosure.objects.filter(descendant=unit).values("ancestor_id")
    return OrgUnit.objects.filter(pk__in=inside.union(above))


def meeting_before(meeting: CalibrationMeeting) -> CalibrationMeeting | None:
    """The last meeting of the same team that was closed before this one was opened."""
    earlier = CalibrationMeeting.objects.filter(
        org_unit=meeting.org_unit_id, manager=meeting.manager_id, state=CalibrationMeeting.State.CLOSED
    ).exclude(pk=meeting.pk)
    if meeting.opened_at:
        earlier = earlier.filter(closed_at__lt=meeting.opened_at)
    return earlier.order_by("-closed_at").first()


def changes_for(meeting: CalibrationMeeting, before: CalibrationMeeting | None) -> list[ExternalChange]:
    """What was noted for the team since its last meeting, or in the cycle where there was none; the oldest first."""
    changes = ExternalChange.objects.filter(org_unit__in=units_of(meeting))
    # What was noted since the last meeting counts even if it happened in the cycle before.
    noted = changes.filter(noted_at__gt=before.closed_at) if before else changes.filter(cycle=meeting.cycle_id)
    return list(noted.select_related("metric", "noted_by", "org_unit").order_by("happened_on", "pk"))
