"""Reads of minutes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.crypto import get_random_string

from accord.coaching.models import AgendaPoint, Minutes
from accord.foundation.models import User
from accord.people.models import Employee
from accord.workflow.models import DocumentParty

KEYS = ("decisions", "commitments", "disagreements")
COLUMNS = ("who", "what", "due")
State = Minutes.State


def minutes_in_full() -> QuerySet[Minutes]:
    """Minutes with their talk, its two sides and the document, in one statement."""
    return Minutes.objects.select_related(
        "one_on_one__pairing__employee__user",
        "one_on_one__pairing__employee__org_unit",
        "one_on_one__pairing__employee__position",
        "one_on_one__pairing__manager__user",
        "one_on_one__pairing__manager__org_unit",
        "one_on_one__pairing__manager__position",
        "document",
        "saved_by",
        "begun_by",
    )


def of_sides(me: int) -> Q:
    """The minutes of talks in which `me` was one of the two."""
    return Q(one_on_one__pairing__employee=me) | Q(one_on_one__pairing__manager=me)


def newest_first(found: QuerySet[Minutes]) -> QuerySet[Minutes]:
    """The newest wording of each talk, the newest talk first."""
    standing = Q(state__in=(State.DRAFT, State.CONFIRMING, State.CONFIRMED))
    left = ~Q(one_on_one__in=Minutes.objects.filter(standing).values("one_on_one"))
    return found.filter(standing | left).order_by("-one_on_one__planned_at", "-number")


def waiting_for(me: Employee) -> QuerySet[Minutes]:
    """The minutes that wait for the confirmation of `me`, the oldest first."""
    owed = DocumentParty.objects.filter(employee=me, state=DocumentParty.State.WAITING).values("document_id")
    return minutes_in_full().filter(state=State.CONFIRMING, document__in=owed).order_by("pk")


def confirmed_about(person: Employee, first: date, last: date) -> QuerySet[Minutes]:
    """The confirmed minutes of talks of `person` with their manager within some days, the newest first."""
    found = minutes_in_full().filter(state=State.CONFIRMED, one_on_one__pairing__employee=person)
    within = found.filter(one_on_one__planned_at__date__gte=first, one_on_one__planned_at__date__lte=last)
    return within.order_by("-one_on_one__planned_at")


@dataclass(frozen=True)
class Wording:
    """One wording as it is read: `refusals` are who refused it and why."""

    minutes: Minutes
    parties: Sequence[DocumentParty]

    @property
    def refusal(self) -> DocumentParty | None:
        """Whoever refused it."""
        return next((party for party in self.parties if party.state == DocumentParty.State.REFUSED), None)


def wordings_of(minutes: Minutes) -> list[Wording]:
    """Every wording of the same talk but this one, the newest first."""
    others = minutes_in_full().filter(one_on_one=minutes.one_on_one_id).exclude(pk=minutes.pk).order_by("-number")
    return [wording_of(each) for each in others]


def wording_of(minutes: Minutes) -> Wording:
    """A wording with who has signed or refused it."""
    parties = minutes.document.parties.select_related("employee").order_by("place") if minutes.document else []
    return Wording(minutes, list(parties))


def points_of(minutes: Minutes) -> Sequence[AgendaPoint]:
    """What was on the agenda of the talk, to write beside."""
    return list(minutes.one_on_one.points.exclude(state=AgendaPoint.State.DROPPED).order_by("section", "pk"))


@dataclass(frozen=True)
class Aside:
    """What one of the two wrote in a field in which the other was faster."""

    window: str
    name: str
    text: str
    rows: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True)
class Field:
    """A field of a draft: what stands there, what is set aside, and what is still wrong with it."""

    key: str
    text: str
    rows: Sequence[Mapping[str, Any]]
    asides: Sequence[Aside]
    problems: Sequence[str] = ()


@dataclass(frozen=True)
class Draft:
    """A draft as its page shows it. `shown` is what the window starts from, so that saves can be merged."""

    minutes: Minutes
    fields: Mapping[str, Field]
    window: str
    shown: str

    @property
    def progress(self) -> dict[str, int]:
        """How much of it is written."""
        return {"filled": sum(bool(self.minutes.answers.get(key)) for key in KEYS), "of": len(KEYS)}


def draft_of(minutes: Minutes, problems: Mapping[str, Sequence[str]] | None = None) -> Draft:
    """What the page of a draft shows."""
    answers = minutes.answers
    shown = {key: answers.get(key) or ([] if key == "commitments" else "") for key in KEYS}
    fields = {key: _field(minutes, key, (problems or {}).get(key, ())) for key in KEYS}
    return Draft(minutes, fields, get_random_string(8), json.dumps(shown, ensure_ascii=False))


def told_after_save(minutes: Minutes, seen_revision: int) -> dict[str, Any]:
    """What a save answers: how far it is, and what the other side has written since."""
    draft = draft_of(minutes)
    return {
        "revision": minutes.revision,
        "visible": list(KEYS),
        "optional": 0,
        "values": {},
        "progress": draft.progress,
        "answers": json.loads(draft.shown) if minutes.revision > seen_revision + 1 else {},
    }


def own_data(user: User) -> list[dict[str, Any]]:
    """The minutes of a person's talks: both have written them and both may take them along."""
    sides = Q(one_on_one__pairing__employee__user=user) | Q(one_on_one__pairing__manager__user=user)
    return [
        {
            "talk_on": each.one_on_one.planned_at,
            "version": each.number,
            "state": each.state,
            **{key: each.answers.get(key) for key in KEYS},
            "confirmed_at": each.confirmed_at,
        }
        for each in minutes_in_full().filter(sides).order_by("pk")
    ]


def _field(minutes: Minutes, key: str, problems: Sequence[str]) -> Field:
    stored = minutes.answers.get(key)
    rows = stored if isinstance(stored, list) else []
    text = stored if isinstance(stored, str) else ""
    return Field(key, text, rows or [{}], _asides(minutes, key), problems)


def _asides(minutes: Minutes, key: str) -> list[Aside]:
    pairing = minutes.one_on_one.pairing
    names = {str(person.pk): person.name for person in (pairing.employee, pairing.manager)}
    return [
        Aside(
            window,
            names.get(window.partition("-")[0], ""),
            value if isinstance(value, str) else "",
            value if isinstance(value, list) else (),
        )
        for window, value in minutes.set_aside.get(key, {}).items()
    ]
