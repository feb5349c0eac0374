"""Reads of one-on-ones: everybody's own list, one pair, one talk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet

from accord.coaching.agenda_sources import suggestions_for
from accord.coaching.models import AgendaPoint, OneOnOne, Pairing, TalkNote
from accord.coaching.queries.agenda import AgendaSection, laid_out
from accord.foundation.models import User
from accord.people.models import Employee

TIME_TO_TIDY = timedelta(days=3)
"""How long after a talk its shared notes can still be put in order; after that they stay as they are."""

State = OneOnOne.State


@dataclass(frozen=True)
class Pair:
    """One rhythm of mine: with whom, what comes next, when we last talked."""

    pairing: Pairing
    other: Employee
    leads: bool
    following: OneOnOne | None
    last_held: datetime | None


@dataclass(frozen=True)
class TalkDesk:
    """One person's one-on-ones: the next of all, the rhythms, the people without one, and what passed unsaid."""

    following: OneOnOne | None
    pairs: Sequence[Pair]
    without: Sequence[Employee]
    missed: Sequence[OneOnOne]
    has_manager_without: bool


def desk_of(me: Employee, reports: Iterable[Employee], now: datetime) -> TalkDesk:
    """The list of `me`; `reports` are the people who report to them."""
    pairings = list(_mine(me))
    ahead = _ahead(pairings)
    pairs = [_pair(pairing, me, ahead) for pairing in pairings]
    led = {pairing.employee_id for pairing in pairings if pairing.manager_id == me.pk}
    is_led = any(pairing.employee_id == me.pk for pairing in pairings)
    running_first = sorted(ahead.values(), key=lambda talk: (talk.begun_at is None, talk.planned_at))
    return TalkDesk(
        following=running_first[0] if running_first else None,
        pairs=sorted(pairs, key=_by_next),
        without=[person for person in reports if person.pk not in led],
        missed=list(_missed(me, now)),
        has_manager_without=me.manager_id is not None and not is_led,
    )


def _mine(me: Employee) -> QuerySet[Pairing]:
    held = Max("one_on_ones__ended_at", filter=Q(one_on_ones__state=State.HELD))
    mine = Pairing.objects.filter(Q(manager=me) | Q(employee=me)).exclude(state=Pairing.State.ENDED)
    return mine.select_related("manager", "employee__position").annotate(last_held=held).order_by("pk")


def _ahead(pairings: Sequence[Pairing]) -> dict[int, OneOnOne]:
    """The running or next talk of each pair."""
    planned = OneOnOne.objects.filter(pairing__in=[pairing.pk for pairing in pairings], state=State.PLANNED)
    found: dict[int, OneOnOne] = {}
    for talk in planned.select_related("pairing__manager", "pairing__employee").order_by("planned_at"):
        found.setdefault(talk.pairing_id, talk)
    return found


def _pair(pairing: Any, me: Employee, ahead: dict[int, OneOnOne]) -> Pair:
    return Pair(pairing, pairing.other(me), pairing.manager_id == me.pk, ahead.get(pairing.pk), pairing.last_held)


def _by_next(pair: Pair) -> tuple[bool, bool, float, int]:
    following = pair.following
    return (pair.leads, following is None, following.planned_at.timestamp() if following else 0, pair.pairing.pk)


def talks_of(me: Employee | int) -> Q:
    """The talks in which somebody is one of the two."""
    return Q(pairing__manager=me) | Q(pairing__employee=me)


def _missed(me: Employee, now: datetime) -> QuerySet[OneOnOne]:
    """What passed without a word in the last two weeks."""
    two_weeks_ago = now - timedelta(days=14)
    unsaid = OneOnOne.objects.filter(talks_of(me), state=State.SKIPPED, skipped_by=None, planned_at__gt=two_weeks_ago)
    return unsaid.select_related("pairing__manager", "pairing__employee").order_by("-planned_at")


def talk_soon(me: Employee, now: datetime) -> OneOnOne | None:
    """The talk that runs, or the next one that begins within a day."""
    soon = OneOnOne.objects.filter(talks_of(me), state=State.PLANNED, planned_at__lt=now + timedelta(days=1))
    waiting = soon.filter(Q(begun_at__isnull=False) | Q(planned_at__gt=now - timedelta(hours=2)))
    return waiting.select_related("pairing__manager", "pairing__employee").order_by("planned_at").first()


def coming_talks(talks: QuerySet[OneOnOne]) -> QuerySet[OneOnOne]:
    """What is planned, the next first."""
    return talks.filter(state=State.PLANNED).order_by("planned_at", "pk")


def past_talks(talks: QuerySet[OneOnOne]) -> QuerySet[OneOnOne]:
    """What was held or skipped, the newest first."""
    return talks.filter(state__in=(State.HELD, State.SKIPPED)).order_by("-planned_at", "-pk")


@dataclass(frozen=True)
class Notes:
    """The notes of a talk as one of the two sees them: their own of both kinds, and what the other shares."""

    shared: TalkNote
    private: TalkNote
    others: TalkNote | None


def notes_of(talk: OneOnOne, me: Employee) -> Notes:
    """The private note of the other is never read, not even here."""
    readable = Q(author=me) | Q(kind=TalkNote.Kind.SHARED)
    found = {(note.author_id == me.pk, note.kind): note for note in TalkNote.objects.filter(readable, one_on_one=talk)}
    shared, private = TalkNote.Kind.SHARED, TalkNote.Kind.PRIVATE
    return Notes(
        found.get((True, shared)) or TalkNote(one_on_one=talk, author=me, kind=shared),
        found.get((True, private)) or TalkNote(one_on_one=talk, author=me, kind=private),
        found.get((False, shared)),
    )


def may_write(talk: OneOnOne, kind: str, now: datetime) -> bool:
    """Whether a note can still be written: a private one always, a shared one until some days after the talk."""
    if kind == TalkNote.Kind.PRIVATE or talk.state == State.PLANNED:
        return True
    return talk.state == State.HELD and talk.ended_at is not None and now < talk.ended_at + TIME_TO_TIDY


def agenda_of(talk: OneOnOne) -> list[AgendaSection]:
    """The agenda as it stands: until the talk begins, with what it writes by itself."""
    points = talk.points.exclude(state=AgendaPoint.State.DROPPED).select_related("author", "carried_from")
    waits = talk.state == State.PLANNED and talk.begun_at is None
    return laid_out(points.order_by("pk"), suggestions_for(talk) if waits else ())


def own_data(user: User) -> dict[str, Any]:
    """One's talks: when they were, the points and notes one wrote oneself, shared and private. Nobody else's words."""
    mine = Q(pairing__manager__user=user) | Q(pairing__employee__user=user)
    talks = OneOnOne.objects.filter(mine).select_related("pairing__manager", "pairing__employee", "skipped_by")
    points = AgendaPoint.objects.filter(author__user=user).order_by("pk")
    notes = TalkNote.objects.filter(author__user=user).order_by("pk")
    return {
        "talks": [_told(talk, user) for talk in talks.order_by("planned_at")],
        "points": list(points.values("one_on_one", "section", "text", "state", "made_at")),
        "notes": list(notes.values("one_on_one", "kind", "text", "asides", "saved_at")),
    }


def _told(talk: OneOnOne, user: User) -> dict[str, Any]:
    pairing = talk.pairing
    other = pairing.employee if pairing.manager.user_id == user.pk else pairing.manager
    is_mine = talk.skipped_by is not None and talk.skipped_by.user_id == user.pk
    return {
        "id": talk.pk,
        "with": other.name,
        "planned_at": talk.planned_at,
        "state": talk.state,
        "ended_at": talk.ended_at,
        "skip_reason": talk.skip_reason if is_mine else "",
    }
