"""The life of a meeting. Whatever is written in it is written while it is in session, or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.goals.errors.calibrations import (
    MeetingMovedOn,
    MeetingNotOpen,
    MeetingNotPlanned,
    MinutesMovedOn,
    NobodyToCalibrate,
)
from accord.goals.models import CalibrationItem, CalibrationMeeting, CalibrationMember, Cycle
from accord.goals.queries.calibrations.agenda import found_points
from accord.goals.queries.calibrations.scope import agreements_of, team_of
from accord.goals.services.calibrations.minutes import archive_minutes
from accord.goals.services.calibrations.telling import tell_of_closing, tell_of_plan
from accord.people.models import Employee, OrgUnit

_State = CalibrationMeeting.State


@transaction.atomic
def plan_meeting(
    cycle: Cycle, title: str, held_on: date, actor: Employee, *, org_unit: OrgUnit | None = None
) -> CalibrationMeeting:
    """Plan a meeting of a unit, or without one of those who report to `actor`, and tell the team."""
    meeting = CalibrationMeeting.objects.create(
        cycle=cycle,
        org_unit=org_unit,
        manager=None if org_unit else actor,
        title=title.strip(),
        held_on=held_on,
        facilitator=actor,
    )
    _record("planned", meeting, actor, held_on=held_on.isoformat())
    tell_of_plan(meeting, actor)
    return meeting


@transaction.atomic
def open_meeting(meeting: CalibrationMeeting, actor: Employee, today: date | None = None) -> None:
    """Open a planned meeting: its team and the agenda of the day are written down. Whoever opens it facilitates.

    Raises NobodyToCalibrate without an agreement, MeetingNotPlanned for whoever comes second.
    """
    agreements = agreements_of(meeting, today or organisation_day())
    if not agreements:
        raise NobodyToCalibrate
    team, points = list(team_of(meeting)), found_points(meeting, today or organisation_day())
    planned = CalibrationMeeting.objects.filter(pk=meeting.pk, state=_State.PLANNED)
    if not planned.update(state=_State.OPEN, edition=F("edition") + 1, opened_at=timezone.now(), facilitator=actor):
        raise MeetingNotPlanned
    meeting.refresh_from_db()
    CalibrationMember.objects.bulk_create(CalibrationMember(meeting=meeting, employee=person) for person in team)
    CalibrationItem.objects.bulk_create(points)
    _record("opened", meeting, actor, items=len(points))


@transaction.atomic
def write_minutes(
    meeting: CalibrationMeeting, edition: int, opening: str, present: Collection[int], actor: Employee
) -> None:
    """Write down how the meeting began and who of the team was there.

    Raises MinutesMovedOn where somebody wrote since `edition`, MeetingNotOpen outside of the session.
    """
    seen = CalibrationMeeting.objects.filter(pk=meeting.pk, state=_State.OPEN, edition=edition)
    if not seen.update(opening=opening.strip(), edition=F("edition") + 1):
        raise MinutesMovedOn if _is_open(meeting) else MeetingNotOpen
    members = CalibrationMember.objects.filter(meeting=meeting)
    members.filter(employee__in=present).update(was_present=True)
    members.exclude(employee__in=present).update(was_present=False)
    _record("minuted", meeting, actor)


@transaction.atomic
def close_meeting(meeting: CalibrationMeeting, edition: int, actor: Employee) -> None:
    """Close the meeting and put its minutes into the archive.

    Raises MeetingMovedOn where something was written since `edition`, MeetingNotOpen if it is not in session.
    """
    seen = CalibrationMeeting.objects.filter(pk=meeting.pk, state=_State.OPEN, edition=edition)
    closing = {"state": _State.CLOSED, "closed_at": timezone.now(), "closed_by": actor}
    if not seen.update(edition=F("edition") + 1, **closing):
        raise MeetingMovedOn if _is_open(meeting) else MeetingNotOpen
    meeting.refresh_from_db()
    archive_minutes(meeting, actor)
    _record("closed", meeting, actor)
    tell_of_closing(meeting)


def count_on(meeting: CalibrationMeeting) -> None:
    """Note in the caller's transaction that something was written in the meeting. Raises MeetingNotOpen."""
    if not CalibrationMeeting.objects.filter(pk=meeting.pk, state=_State.OPEN).update(edition=F("edition") + 1):
        raise MeetingNotOpen


def _is_open(meeting: CalibrationMeeting) -> bool:
    return CalibrationMeeting.objects.filter(pk=meeting.pk, state=_State.OPEN).exists()


def _record(what: str, meeting: CalibrationMeeting, actor: Employee, **payload: object) -> None:
    subject = f"calibration_meetings:{meeting.pk}"
    record(f"calibration.{what}", subject=subject, actor=actor.user, meeting_id=meeting.pk, **payload)
