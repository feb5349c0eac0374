"""What a person may take along of calibration meetings: what was said of their own agreement, and what they noted."""

from typing import Any

from django.db.models import QuerySet

from accord.foundation.models import User
from accord.goals.models import CalibrationItem, CalibrationMember, ExternalChange


def own_data(user: User) -> dict[str, Any]:
    """The meetings a person belonged to, the points about their agreements, and the external changes they noted."""
    members = CalibrationMember.objects.filter(employee__user=user).select_related("meeting").order_by("meeting")
    noted = ExternalChange.objects.filter(noted_by__user=user).select_related("metric").order_by("pk")
    return {
        "meetings": [
            {"title": each.meeting.title, "held_on": each.meeting.held_on, "was_present": each.was_present}
            for each in members
        ],
        "points": [_point(each) for each in _points(user)],
        "noted": [
            {"on": each.happened_on, "text": each.text, "metric": each.metric.name if each.metric else ""}
            for each in noted
        ],
    }


def _points(user: User) -> QuerySet[CalibrationItem]:
    about_them = CalibrationItem.objects.filter(agreement__employee__user=user)
    return about_them.select_related("meeting", "metric").order_by("pk")


def _point(point: CalibrationItem) -> dict[str, Any]:
    return {
        "meeting": point.meeting.title,
        "kind": point.kind,
        "metric": point.metric.name if point.metric else "",
        "evidence": point.evidence,
        "decision": point.decision,
        "note": point.note,
        "decided_at": point.decided_at,
    }
