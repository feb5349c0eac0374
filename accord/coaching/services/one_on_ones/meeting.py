"""One talk: moved, skipped with a word, begun, ended. Each changes it only from the state its author saw.

A second click of the same person finds what the first one did.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accord.coaching.agenda_sources import suggestions_for
from accord.coaching.errors.one_on_ones import RhythmEnded, TalkChanged, TalkNotBegun, TalkOver, TalkRuns, TimeTaken
from accord.coaching.models import AgendaPoint, OneOnOne, Pairing
from accord.coaching.notices import one_on_ones as notices
from accord.coaching.services.one_on_ones import recording
from accord.coaching.services.one_on_ones.calendars import tell_calendars
from accord.coaching.services.one_on_ones.points import LONGEST_POINT, MOST_POINTS, carry_over
from accord.coaching.services.one_on_ones.telling import tell_of_talk
from accord.foundation.language import in_each_language
from accord.people.models import Employee

FARTHEST = timedelta(days=180)
TIME_TO_NOTE = timedelta(days=31)

State = OneOnOne.State


@transaction.atomic
def move(talk: OneOnOne, to: datetime, by: Employee, now: datetime | None = None) -> None:
    """Plan the talk for another moment ahead. Raises TalkRuns, TalkOver, TimeTaken, or TalkChanged if it was moved
    meanwhile.
    """
    now = now or timezone.now()
    if not now < to <= now + FARTHEST:
        raise ValueError("a talk is moved to a moment within the next half year")
    try:
        put_at(talk, to, by, now)
    except TalkChanged:
        talk.refresh_from_db()
        if talk.planned_at == to and recording.was_just_done_to_talk("moved", talk, by):
            return
        raise
    tell_of_talk(talk, notices.TALK_MOVED, by)


def put_at(talk: OneOnOne, to: datetime, by: Employee, now: datetime) -> None:
    """Plan the talk for another moment, in the caller's transaction; calendars are told, the other of the two is not.

    Raises as `move` does.
    """
    same = OneOnOne.objects.filter(pairing=talk.pairing, state=State.PLANNED, planned_at=to).exclude(pk=talk.pk)
    if same.exists():
        raise TimeTaken
    _change(talk, planned_at=to, sequence=F("sequence") + 1)
    recording.of_talk("moved", talk, by)
    tell_calendars(talk, now)


@transaction.atomic
def skip(talk: OneOnOne, reason: str, by: Employee, now: datetime | None = None) -> None:
    """Leave the talk out, with a word; its open points go to the next one. Raises TalkRuns, TalkOver or TalkChanged."""
    if not reason.strip():
        raise ValueError("a talk is skipped with a word")
    skipped = {"state": State.SKIPPED, "skip_reason": reason.strip(), "skipped_by": by}
    try:
        _change(talk, **skipped, sequence=F("sequence") + 1)
    except TalkOver:
        if OneOnOne.objects.filter(pk=talk.pk, **skipped).exists():
            return
        raise
    recording.of_talk("skipped", talk, by, with_word=True)
    tell_calendars(talk, now or timezone.now())
    tell_of_talk(talk, notices.TALK_SKIPPED, by)
    carry_over(talk.pairing, now)


def call_off(talk: OneOnOne, now: datetime) -> bool:
    """Take back a talk ahead that nobody has begun, in the caller's transaction; calendars that know of it are told.

    False where it was changed meanwhile.
    """
    seen = OneOnOne.objects.filter(pk=talk.pk, sequence=talk.sequence, state=State.PLANNED, begun_at=None)
    if not seen.update(state=State.CALLED_OFF, sequence=talk.sequence + 1):
        return False
    talk.refresh_from_db()
    tell_calendars(talk, now)
    return True


@transaction.atomic
def begin(talk: OneOnOne, by: Employee, now: datetime | None = None) -> None:
    """Begin the talk: what the agenda wrote by itself becomes its points. Whoever comes second joins.

    A talk that passed its day without a word can still be begun. Raises TalkOver.
    """
    now = now or timezone.now()
    waiting = Q(state=State.PLANNED) | Q(state=State.SKIPPED, skipped_by=None)
    waits = OneOnOne.objects.filter(waiting, pk=talk.pk, begun_at=None)
    if not waits.update(state=State.PLANNED, begun_at=now):
        if not OneOnOne.objects.filter(pk=talk.pk, state=State.PLANNED).exists():
            raise TalkOver
        talk.refresh_from_db()
        return
    talk.refresh_from_db()
    _write_agenda(talk)
    recording.of_talk("begun", talk, by)


@transaction.atomic
def end(talk: OneOnOne, by: Employee | None, now: datetime | None = None) -> None:
    """End the talk; what is open goes to the next. Raises TalkNotBegun, or TalkOver if the other was faster."""
    runs = OneOnOne.objects.filter(pk=talk.pk, state=State.PLANNED, begun_at__isnull=False)
    if not runs.update(state=State.HELD, ended_at=now or timezone.now()):
        raise TalkNotBegun if OneOnOne.objects.filter(pk=talk.pk, state=State.PLANNED).exists() else TalkOver
    talk.refresh_from_db()
    recording.of_talk("ended", talk, by)
    carry_over(talk.pairing, now)


@transaction.atomic
def note_held(talk: OneOnOne, by: Employee, now: datetime | None = None) -> None:
    """Say that a talk which passed without a word took place after all, away from this page. Raises TalkOver."""
    missed = OneOnOne.objects.filter(
        pk=talk.pk, state=State.SKIPPED, skipped_by=None, planned_at__gt=(now or timezone.now()) - TIME_TO_NOTE
    )
    if not missed.update(state=State.HELD, begun_at=talk.planned_at, ended_at=talk.ends_at):
        if recording.was_just_done_to_talk("ended", talk, by):
            return
        raise TalkOver
    talk.refresh_from_db()
    recording.of_talk("ended", talk, by)


@transaction.atomic
def plan_extra(pairing: Pairing, at: datetime, by: Employee, now: datetime | None = None) -> OneOnOne:
    """Plan one more talk beside the rhythm. Raises RhythmEnded or TimeTaken."""
    now = now or timezone.now()
    if not now < at <= now + FARTHEST:
        raise ValueError("a talk is planned for a moment within the next half year")
    if not Pairing.objects.filter(pk=pairing.pk).exclude(state=Pairing.State.ENDED).exists():
        raise RhythmEnded
    standing = OneOnOne.objects.filter(pairing=pairing, state=State.PLANNED, planned_at=at)
    if standing.exists():
        return _planned_just_now(standing, pairing, by)
    try:
        with transaction.atomic():
            talk = OneOnOne.objects.create(pairing=pairing, slot=at, planned_at=at, minutes=pairing.minutes)
    except IntegrityError:
        return _planned_just_now(standing, pairing, by)
    recording.of_pairing_plan(pairing, by)
    carry_over(pairing, now)
    tell_calendars(talk, now)
    tell_of_talk(talk, notices.TALK_PLANNED, by)
    return talk


def _planned_just_now(standing: QuerySet[OneOnOne], pairing: Pairing, by: Employee) -> OneOnOne:
    """The talk that the first click planned. Raises TimeTaken where it is another one."""
    talk = standing.filter(slot=F("planned_at")).first()
    if talk is None or not recording.was_just_done_to_pairing("one_on_ones.planned", pairing, by):
        raise TimeTaken
    return talk


def _change(talk: OneOnOne, **values: object) -> None:
    seen = OneOnOne.objects.filter(pk=talk.pk, state=State.PLANNED, begun_at=None, sequence=talk.sequence)
    if not seen.update(**values):
        now = OneOnOne.objects.get(pk=talk.pk)
        if now.is_running:
            raise TalkRuns
        raise TalkChanged if now.state == State.PLANNED else TalkOver
    talk.refresh_from_db()


def _write_agenda(talk: OneOnOne) -> None:
    """Freeze what the agenda suggests; what somebody dropped before stays dropped."""
    room = max(MOST_POINTS - talk.points.count(), 0)
    found, english = in_each_language(lambda: suggestions_for(talk))
    said = {each.source: each.text for each in english}
    rows = [
        AgendaPoint(
            one_on_one=talk,
            section=each.section,
            text=each.text[:LONGEST_POINT],
            text_en=said.get(each.source, "")[:LONGEST_POINT],
            source=each.source,
        )
        for each in found[:room]
    ]
    AgendaPoint.objects.bulk_create(rows, ignore_conflicts=True)
