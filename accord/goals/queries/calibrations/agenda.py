"""The agenda of a meeting: made from data while it is planned, as it was written down from its opening on.

However many people it is about, the data is asked for with the same statements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db.models import F, QuerySet

from accord.domain.calibration import USUAL, Limits, finding
from accord.foundation.clock import organisation_day
from accord.goals.models import (
    Agreement,
    AgreementLine,
    CalibrationItem,
    CalibrationMeeting,
    LineComment,
)
from accord.goals.queries.calibrations.lines import Wordings, wordings_of
from accord.goals.queries.calibrations.scope import agreements_of, changes_for, day_of, meeting_before
from accord.goals.queries.calibrations.tracks import tracks_of
from accord.people.models import Employee

_Kind = CalibrationItem.Kind


@dataclass(frozen=True)
class PersonsPoints:
    """The points about one person's agreement."""

    employee: Employee
    agreement: Agreement
    points: list[CalibrationItem] = field(default_factory=list)


@dataclass(frozen=True)
class Agenda:
    """The points of a meeting: external changes for all, then person by person, who has most to talk about first."""

    changes: Sequence[CalibrationItem]
    people: Sequence[PersonsPoints]

    @property
    def points(self) -> list[CalibrationItem]:
        """All points in their order."""
        return [*self.changes, *chain.from_iterable(each.points for each in self.people)]

    @property
    def undecided(self) -> int:
        """How many points have no decision yet."""
        return sum(not point.decision for point in self.points)


def agenda_of(meeting: CalibrationMeeting, about: Employee | None = None) -> Agenda:
    """The agenda as it stands; with `about` only what that person may see: external changes and their own points."""
    if meeting.state == CalibrationMeeting.State.PLANNED:
        points = found_points(meeting, organisation_day())
    else:
        points = list(written_points(meeting))
    seen = [each for each in points if about is None or each.agreement is None or each.agreement.employee == about]
    return _arranged(seen)


def written_points(meeting: CalibrationMeeting) -> QuerySet[CalibrationItem]:
    """The points that were written down, in their order."""
    return (
        CalibrationItem.objects.filter(meeting=meeting)
        .select_related(
            "agreement__employee__position", "metric", "change__noted_by", "change__metric", "decided_by", "amendment"
        )
        .order_by("order", "pk")
    )


def found_points(meeting: CalibrationMeeting, today: date, limits: Limits = USUAL) -> list[CalibrationItem]:
    """What the data of the day gives reason to talk about, as points that are not written down yet, in order."""
    agreements = agreements_of(meeting, today)
    wordings = wordings_of(agreements, day_of(meeting, today))
    before = meeting_before(meeting)
    points = [
        *_changes(meeting, before, wordings),
        *_tracks(agreements, wordings, today, limits),
        *_objections(agreements, wordings, before),
    ]
    ordered = _arranged(points).points
    for place, point in enumerate(ordered):
        point.meeting, point.order = meeting, place
    return ordered


def _arranged(points: Sequence[CalibrationItem]) -> Agenda:
    by_agreement: dict[int, PersonsPoints] = {}
    for point in points:
        if point.agreement is not None:
            mine = PersonsPoints(point.agreement.employee, point.agreement)
            by_agreement.setdefault(point.agreement.pk, mine).points.append(point)
    people = sorted(by_agreement.values(), key=lambda each: (-len(each.points), each.employee.name, each.agreement.pk))
    return Agenda([point for point in points if point.agreement is None], people)


def _changes(
    meeting: CalibrationMeeting, before: CalibrationMeeting | None, wordings: Mapping[int, Wordings]
) -> Iterator[CalibrationItem]:
    carriers = Counter(line.metric_id for held in wordings.values() for line in held.lines)
    for change in changes_for(meeting, before):
        evidence = {"people": carriers[change.metric_id]} if change.metric_id else {}
        yield CalibrationItem(change=change, metric=change.metric, kind=_Kind.CHANGE, evidence=evidence)


def _tracks(
    agreements: Sequence[Agreement], wordings: Mapping[int, Wordings], today: date, limits: Limits
) -> Iterator[CalibrationItem]:
    tracks = tracks_of(agreements, today)
    for agreement in agreements:
        for line in wordings[agreement.pk].lines:
            track = tracks.get((agreement.pk, line.metric_id))
            found = finding(track, limits) if track else None
            if found:
                yield CalibrationItem(
                    agreement=agreement, metric=line.metric, kind=found.reason.value, evidence=found.as_json()
                )


def _objections(
    agreements: Sequence[Agreement], wordings: Mapping[int, Wordings], before: CalibrationMeeting | None
) -> Iterator[CalibrationItem]:
    """What people wrote on their lines since these were signed, or since the last meeting; the newest word is shown."""
    words = _words(agreements, before)
    for agreement in agreements:
        held = wordings[agreement.pk]
        lines: dict[int, AgreementLine] = {line.metric_id: line for line in held.lines}
        for metric_id, comments in words[agreement.pk].items():
            since = held.in_force.signed_at if held.in_force else None
            later = [each for each in comments if since and each.made_at > since]
            if later and metric_id in lines:
                evidence = {
                    "text": later[-1].text[:300],
                    "on": later[-1].made_at.date().isoformat(),
                    "count": len(later),
                }
                metric = lines[metric_id].metric
                yield CalibrationItem(agreement=agreement, metric=metric, kind=_Kind.OBJECTION, evidence=evidence)


def _words(
    agreements: Collection[Agreement], before: CalibrationMeeting | None
) -> Mapping[int, Mapping[int, list[LineComment]]]:
    """The employees' own words by agreement and metric, the oldest first."""
    own = LineComment.objects.filter(
        agreement__in=agreements, author=F("agreement__employee"), metric__isnull=False
    ).order_by("pk")
    if before:
        own = own.filter(made_at__gt=before.closed_at)
    found: defaultdict[int, defaultdict[int, list[LineComment]]] = defaultdict(lambda: defaultdict(list))
    for each in own:
        if each.metric_id is not None:
            found[each.agreement_id][each.metric_id].append(each)
    return found
