"""Who may see and do what in a calibration meeting.

Led is a meeting by the manager of the team, the head of the unit, those above them in the line, and the HR business
partner of the unit: they see everything in it and write its decisions down. Executives see everything. Somebody whose
agreement it is about sees the meeting, the external changes and the points about themselves. For all others it is not
there. These are rights of today: a manager who handed the team over has no way in, nor into its past meetings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accord.goals.models import Agreement, CalibrationItem, CalibrationMeeting, CalibrationMember
from accord.goals.queries.calibrations.scope import agreements_of, team_of
from accord.people.access import (
    Actor,
    is_executive,
    own_employee,
    own_employee_id,
    units_with_role,
    visible_employees,
)
from accord.people.models import Employee, OrgUnit, OrgUnitClosure, RoleGrant
from accord.people.queries.lines import below

# No key of a row has as many digits; the database would not take the number.
_LONGEST_KEY = 19
_IN_FULL = ("cycle", "org_unit", "manager__org_unit", "facilitator", "closed_by")


@dataclass(frozen=True)
class SeenMeeting:
    """A meeting as one person sees it: `is_led` to those who write in it, `sees_all` to those who read everything."""

    meeting: CalibrationMeeting
    me: Employee | None
    is_led: bool
    sees_all: bool


def led_meetings(actor: Actor) -> QuerySet[CalibrationMeeting]:
    """The meetings `actor` may lead."""
    line = below(own_employee_id(actor)).values("descendant_id")
    partnered = units_with_role(actor, RoleGrant.Role.HRBP).values("pk")
    by_line = Q(manager__in=line) | Q(org_unit__head__in=line)
    by_role = Q(org_unit__in=partnered) | Q(manager__org_unit__in=partnered)
    return CalibrationMeeting.objects.select_related(*_IN_FULL).filter(by_line | by_role)


def visible_meetings(actor: Actor) -> QuerySet[CalibrationMeeting]:
    """The meetings `actor` may know of."""
    if is_executive(actor):
        return CalibrationMeeting.objects.select_related(*_IN_FULL)
    seen = Q(pk__in=led_meetings(actor).values("pk")) | _about(own_employee(actor))
    return CalibrationMeeting.objects.select_related(*_IN_FULL).filter(seen)


def meeting_for(actor: Actor, pk: int) -> SeenMeeting:
    """The meeting `pk` as `actor` sees it. Raises Http404 for whom it is neither about nor led by."""
    meeting = get_object_or_404(visible_meetings(actor), pk=pk)
    is_led = led_meetings(actor).filter(pk=pk).exists()
    return SeenMeeting(meeting, own_employee(actor), is_led, is_led or is_executive(actor))


def meeting_to_lead(actor: Actor, pk: int) -> tuple[CalibrationMeeting, Employee]:
    """The meeting `pk` and whoever leads it. Raises Http404 for strangers, PermissionDenied for those who only look."""
    seen = meeting_for(actor, pk)
    if seen.me is None or not seen.is_led:
        raise PermissionDenied
    return seen.meeting, seen.me


def meeting_seen_whole(actor: Actor, pk: int) -> SeenMeeting:
    """The meeting `pk` for somebody who sees all of it. PermissionDenied (403) for those who see their own part."""
    seen = meeting_for(actor, pk)
    if not seen.sees_all:
        raise PermissionDenied
    return seen


def item_to_decide(actor: Actor, pk: int, item: int) -> tuple[CalibrationItem, Employee]:
    """A point of a meeting for whoever leads it."""
    meeting, me = meeting_to_lead(actor, pk)
    points = CalibrationItem.objects.select_related("meeting", "agreement", "decided_by").filter(meeting=meeting)
    return get_object_or_404(points, pk=item), me


def agreement_to_amend(actor: Actor, pk: int, agreement: int) -> tuple[CalibrationMeeting, Agreement, Employee]:
    """A meeting, the agreement of somebody it is about, and who proposes to change it: a leader or the person.

    Raises Http404 for an agreement that is not of this team and cycle, or of somebody `actor` may not see.
    """
    seen = meeting_for(actor, pk)
    agreements = Agreement.objects.select_related("cycle", "employee__user", "employee__position", "manager")
    of_team = agreements.filter(cycle=seen.meeting.cycle_id, employee__in=team_of(seen.meeting))
    found = get_object_or_404(of_team.filter(employee__in=visible_employees(actor)), pk=agreement)
    if seen.me is None or not (seen.is_led or found.employee_id == seen.me.pk):
        raise PermissionDenied
    return seen.meeting, found, seen.me


def agreements_to_amend(actor: Actor, meeting: CalibrationMeeting, today: date) -> list[Agreement]:
    """The agreements of a meeting whose people `actor` may see today."""
    visible = set(visible_employees(actor).filter(pk__in=team_of(meeting)).values_list("pk", flat=True))
    return [each for each in agreements_of(meeting, today) if each.employee_id in visible]


def change_point(meeting: CalibrationMeeting, pk: str) -> CalibrationItem | None:
    """The point about an external change that the address names; None for anything else."""
    points = CalibrationItem.objects.filter(meeting=meeting, change__isnull=False).select_related("change")
    return points.filter(pk=pk).first() if pk.isdecimal() and len(pk) < _LONGEST_KEY else None


def units_to_lead(actor: Actor) -> QuerySet[OrgUnit]:
    """The units whose meetings `actor` may plan: headed by them or by somebody below them, or partnered as HRBP."""
    headed = OrgUnit.objects.filter(head__in=below(own_employee_id(actor)).values("descendant_id")).values("pk")
    partnered = units_with_role(actor, RoleGrant.Role.HRBP).values("pk")
    return OrgUnit.objects.filter(Q(pk__in=headed) | Q(pk__in=partnered), is_active=True).order_by("path")


def units_to_note(actor: Actor) -> QuerySet[OrgUnit]:
    """The units for which `actor` may note an external change: their own with those above it, and those they lead."""
    me = own_employee(actor)
    if me is None:
        return OrgUnit.objects.none()
    own = OrgUnitClosure.objects.filter(descendant=me.org_unit_id).values("ancestor_id")
    return OrgUnit.objects.filter(Q(pk__in=own) | Q(pk__in=units_to_lead(actor).values("pk"))).order_by("path")


def _about(me: Employee | None) -> Q:
    """The meetings about the agreement of `me`: as member once opened, as one of the team before."""
    if me is None:
        return Q(pk__in=[])
    noted = Exists(CalibrationMember.objects.filter(meeting=OuterRef("pk"), employee=me))
    above = OrgUnitClosure.objects.filter(descendant=me.org_unit_id).values("ancestor_id")
    in_team = Q(manager__isnull=False, manager=me.manager_id) | (Q(org_unit__in=above) & ~Q(org_unit__head=me))
    return Q(noted) | (Q(state=CalibrationMeeting.State.PLANNED) & in_team)
