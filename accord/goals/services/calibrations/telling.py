"""Telling a team about its calibration meeting; all of it waits for the daily digest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from accord.foundation.services.notifications import Notice, notify_many
from accord.goals.models import CalibrationItem, CalibrationMeeting
from accord.goals.notices.calibrations import CLOSED, PLANNED
from accord.goals.queries.calibrations.scope import team_of
from accord.people.models import Employee


def tell_of_plan(meeting: CalibrationMeeting, actor: Employee) -> None:
    """Tell the team that a meeting is planned."""
    values = {"title": meeting.title, "day": meeting.held_on.isoformat(), "name": meeting.facilitator.name}
    team = team_of(meeting).exclude(pk=actor.pk).select_related("user")
    notify_many(PLANNED.code, list(_notices(meeting, ((person, values) for person in team))))


def tell_of_closing(meeting: CalibrationMeeting) -> None:
    """Tell those whom a point was about that the minutes are there."""
    points = Counter(CalibrationItem.objects.filter(meeting=meeting).values_list("agreement__employee", flat=True))
    team = team_of(meeting).filter(pk__in=[pk for pk in points if pk]).select_related("user")
    told = ((person, {"title": meeting.title, "points": points[person.pk]}) for person in team)
    notify_many(CLOSED.code, list(_notices(meeting, told)))


def _notices(meeting: CalibrationMeeting, told: Iterable[tuple[Employee, dict[str, Any]]]) -> Iterable[Notice]:
    url = reverse("goals:calibrations_meeting", args=[meeting.pk])
    for person, values in told:
        if person.user is not None:
            yield Notice(person.user, f"calibration_meetings:{meeting.pk}", values, url)
