"""Meetings in lists, and who was there."""

from __future__ import annotations

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from accord.goals.models import CalibrationMeeting, CalibrationMember, Cycle, ExternalChange
from accord.people.models import OrgUnit

_State = CalibrationMeeting.State
_MOST_CHANGES = 20


def listed(meetings: QuerySet[CalibrationMeeting]) -> QuerySet[CalibrationMeeting]:
    """Meetings with how many points they have: in session first, then those to come, then the past ones."""
    place = Case(
        When(state=_State.OPEN, then=Value(0)),
        When(state=_State.PLANNED, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return meetings.annotate(
        place=place,
        point_count=Count("items", distinct=True),
        adjusted_count=Count("items", filter=Q(items__decision="adjust"), distinct=True),
    ).order_by("place", "-held_on", "-pk")


def noted_changes(units: QuerySet[OrgUnit], cycle: Cycle) -> list[ExternalChange]:
    """What was noted in a cycle for some units, the newest first."""
    changes = ExternalChange.objects.filter(org_unit__in=units, cycle=cycle)
    return list(
        changes.select_related("org_unit", "metric", "noted_by").order_by("-happened_on", "-pk")[:_MOST_CHANGES]
    )


def attendance_of(meeting: CalibrationMeeting) -> list[CalibrationMember]:
    """Who belongs to a meeting that was opened, by name."""
    members = CalibrationMember.objects.filter(meeting=meeting).select_related("employee__position")
    return list(members.order_by("employee__name", "pk"))
