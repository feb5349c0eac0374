"""Reads of commitments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from accord.coaching.models import Commitment, CommitmentMove
from accord.coaching.queries.sources import Link, links_of
from accord.foundation.models import User
from accord.people.models import Employee

LATELY = timedelta(days=7)
OPEN = Commitment.State.OPEN


def commitments_in_full() -> QuerySet[Commitment]:
    """Commitments with both sides, in one statement."""
    return Commitment.objects.select_related("owner__user", "partner__user")


def mine(me: Employee) -> QuerySet[Commitment]:
    """What I have promised and not done yet, what is due first, first."""
    return commitments_in_full().filter(owner=me, state=OPEN).order_by("due_on", "pk")


def theirs(me: Employee) -> QuerySet[Commitment]:
    """What others have promised me and not done yet."""
    return commitments_in_full().filter(partner=me, state=OPEN).order_by("due_on", "pk")


def closed(me: Employee) -> QuerySet[Commitment]:
    """What was kept or dropped, on either side, the newest first."""
    between = Q(owner=me) | Q(partner=me)
    return commitments_in_full().filter(between).exclude(state=OPEN).order_by("-closed_at", "-pk")


def open_between(one: Employee, other: Employee) -> QuerySet[Commitment]:
    """What two people owe each other, what is due first, first."""
    pairs = Q(owner=one, partner=other) | Q(owner=other, partner=one)
    return commitments_in_full().filter(pairs, state=OPEN).order_by("due_on", "pk")


def owed_on(me: Employee, today: date) -> QuerySet[Commitment]:
    """What I promised for today, or for a day in the week before: what is older waits for the next talk."""
    return mine(me).filter(due_on__lte=today, due_on__gt=today - LATELY)


def made_from(source: str) -> QuerySet[Commitment]:
    """The commitments that were made in one place."""
    return commitments_in_full().filter(source=source).order_by("pk")


@dataclass(frozen=True)
class Row:
    """A commitment as one of its sides reads it."""

    commitment: Commitment
    is_mine: bool
    other: Employee
    link: Link | None


def rows_of(commitments: Iterable[Commitment], me_id: int | None) -> list[Row]:
    """Commitments with where they come from; one statement a kind of source."""
    found = list(commitments)
    links = links_of(one.source for one in found)
    return [_row(one, me_id, links) for one in found]


def moves_of(commitment: Commitment) -> Sequence[CommitmentMove]:
    """How it slipped, from the first time on."""
    return list(commitment.moved.order_by("pk"))


def own_data(user: User) -> list[dict[str, Any]]:
    """What a person promised and was promised, with whom, and what became of it."""
    found = commitments_in_full().filter(Q(owner__user=user) | Q(partner__user=user)).order_by("pk")
    return [_told(one, user) for one in found.prefetch_related("moved")]


def _row(one: Commitment, me_id: int | None, links: Mapping[str, Link]) -> Row:
    is_mine = one.owner_id == me_id
    return Row(one, is_mine, one.partner if is_mine else one.owner, links.get(one.source))


def _told(one: Commitment, user: User) -> dict[str, Any]:
    is_mine = one.owner.user_id == user.pk
    return {
        "promised_by_me": is_mine,
        "with": (one.partner if is_mine else one.owner).name,
        "text": one.text,
        "due_on": one.due_on,
        "state": one.state,
        "note": one.note,
        "put_off": [{"before": each.before, "after": each.after, "word": each.word} for each in one.moved.all()],
        "made_at": one.made_at,
        "closed_at": one.closed_at,
    }
