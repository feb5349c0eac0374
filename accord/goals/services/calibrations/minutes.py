"""The minutes of a meeting, put into the archive when it closes."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from accord.goals.calibration_words import evidence_of
from accord.goals.models import CalibrationItem, CalibrationMeeting, CalibrationMember
from accord.goals.queries.calibrations.agenda import written_points
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep


def archive_minutes(meeting: CalibrationMeeting, actor: Employee) -> None:
    """Keep what the meeting was about, who was there, what was decided and what is to be signed."""
    members = list(CalibrationMember.objects.filter(meeting=meeting).select_related("employee").order_by("employee"))
    payload = {
        "title": meeting.title,
        "cycle": meeting.cycle.name,
        "held_on": meeting.held_on.isoformat(),
        "facilitator": meeting.facilitator.employee_no,
        "closed_by": actor.employee_no,
        "opening": meeting.opening,
        "present": [each.employee.employee_no for each in members if each.was_present],
        "absent": [each.employee.employee_no for each in members if not each.was_present],
        "points": _points(meeting),
    }
    about = [*(each.employee for each in members), meeting.facilitator, actor]
    keep("calibration.closed", f"calibration_meetings:{meeting.pk}", payload, actor=actor, about=about)


def _points(meeting: CalibrationMeeting) -> list[dict[str, Any]]:
    """In Chinese whoever closes it: the archive speaks one language."""
    with translation.override("zh-hans"):
        return [_point(point) for point in written_points(meeting)]


def _point(point: CalibrationItem) -> dict[str, Any]:
    return {
        "kind": point.kind,
        "about": point.agreement.employee.employee_no if point.agreement else "",
        "agreement": point.agreement_id,
        "change": point.change.text if point.change else "",
        "metric": point.metric.name if point.metric else "",
        "evidence": evidence_of(point),
        "decision": point.decision,
        "note": point.note,
        "decided_by": point.decided_by.employee_no if point.decided_by else "",
        "amendment": point.amendment_id,
    }
