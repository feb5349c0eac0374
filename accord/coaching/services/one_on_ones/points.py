"""Points of an agenda: either adds them, either settles them, and what is left over goes to the next talk."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.coaching.errors.one_on_ones import AgendaFull, PointSettled, TalkOver
from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.queries.agenda import Suggestion
from accord.foundation.services.events import record
from accord.people.models import Employee

MOST_POINTS = 40
LONGEST_POINT = 500

State = AgendaPoint.State
_SETTLED = {State.OPEN, State.DISCUSSED, State.DROPPED}


@transaction.atomic
def add_point(
    talk: OneOnOne, section: str, text: str, by: Employee | None, source: str = "", text_en: str = ""
) -> AgendaPoint:
    """Put a point on the agenda of a talk that is not over; a source, or words by the same, are not doubled there.

    Raises TalkOver or AgendaFull.
    """
    if section not in AgendaPoint.Section.values or not text.strip():
        raise ValueError("a point has a section and words")
    # Whoever comes second waits here for the first.
    if not OneOnOne.objects.filter(pk=talk.pk, state=OneOnOne.State.PLANNED).update(state=OneOnOne.State.PLANNED):
        raise TalkOver
    text, points = text.strip()[:LONGEST_POINT], AgendaPoint.objects.filter(one_on_one=talk)
    same = {"source": source} if source else {"text": text, "section": section, "author": by, "state": State.OPEN}
    if standing := points.filter(**same).first():
        return standing
    if points.count() >= MOST_POINTS:
        raise AgendaFull(limit=MOST_POINTS)
    try:
        with transaction.atomic():
            words = {"text": text, "text_en": text_en[:LONGEST_POINT]}
            point = AgendaPoint.objects.create(one_on_one=talk, section=section, author=by, source=source, **words)
    except IntegrityError:
        return AgendaPoint.objects.get(one_on_one=talk, source=source)
    _record("added", point, by)
    return point


@transaction.atomic
def settle_point(point: AgendaPoint, state: str, by: Employee) -> None:
    """Tick a point off, open it again, or drop it, while its talk is not over; where it is so already, nothing happens.

    Raises PointSettled or TalkOver.
    """
    if state not in _SETTLED:
        raise ValueError("a point is open, discussed or dropped")
    if not OneOnOne.objects.filter(pk=point.one_on_one_id, state=OneOnOne.State.PLANNED).exists():
        raise TalkOver
    point_now = AgendaPoint.objects.filter(pk=point.pk)
    if not point_now.filter(state=point.state, state__in=_SETTLED).exclude(state=state).update(state=state):
        if point_now.filter(state=state).exists():
            return
        raise PointSettled
    _record("settled", point, by, state=str(state))


@transaction.atomic
def dismiss(talk: OneOnOne, suggestion: Suggestion, by: Employee) -> None:
    """Take off the agenda what it wrote there itself; it does not come back in this talk. Raises TalkOver."""
    settle_point(add_point(talk, suggestion.section, suggestion.text, None, suggestion.source), State.DROPPED, by)


def carry_over(pairing: Pairing, now: datetime | None = None) -> None:
    """Move what was left open in talks that are over into the next one, with the talk it first stood in.

    In the caller's transaction. Where no next talk is planned yet, the points wait for it.
    """
    left = AgendaPoint.objects.filter(one_on_one__pairing=pairing, state=State.OPEN)
    left = left.exclude(one_on_one__state=OneOnOne.State.PLANNED).order_by("made_at", "pk")
    if not left.exists():
        return
    ahead = OneOnOne.objects.filter(pairing=pairing, state=OneOnOne.State.PLANNED, planned_at__gt=now or timezone.now())
    following = ahead.filter(begun_at=None).order_by("planned_at").first()
    if following is None:
        return
    points = list(left)
    moved = AgendaPoint.objects.filter(pk__in=[point.pk for point in points], state=State.OPEN)
    moved.update(state=State.CARRIED)
    AgendaPoint.objects.bulk_create([stand_again(point, following) for point in points], ignore_conflicts=True)


def stand_again(point: AgendaPoint, talk: OneOnOne) -> AgendaPoint:
    """A point as it stands in a later talk: it names the talk in which it first stood."""
    return AgendaPoint(
        one_on_one=talk,
        section=point.section,
        text=point.text,
        text_en=point.text_en,
        author_id=point.author_id,
        source=point.source,
        carried_from_id=point.carried_from_id or point.one_on_one_id,
    )


def _record(what: str, point: AgendaPoint, by: Employee | None, **payload: object) -> None:
    record(
        f"agenda_point.{what}",
        subject=f"one_on_ones:{point.one_on_one_id}",
        actor=by.user if by else None,
        one_on_one_id=point.one_on_one_id,
        point_id=point.pk,
        **payload,
    )
