"""Writing minutes: both sides in one draft, saved as they write, without losing a word of either.

Every save is a compare-and-set on the revision, tried again when the other side was faster, and merged field by field.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.coaching.errors.minutes import (
    MinutesBusy,
    MinutesClosed,
    MinutesStanding,
    MinutesTooLarge,
    TalkNotBegun,
)
from accord.coaching.models import Minutes, OneOnOne
from accord.coaching.queries.minutes import minutes_in_full
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.services.merging import Change, Merged, merge, settle

LARGEST = 64 * 1024
"""Bytes of JSON of one wording, with what is set aside."""

_TRIES = 12
State = Minutes.State


@dataclass(frozen=True)
class Saved:
    """Minutes after a save; `conflicts` are the fields where both wrote at once and both texts are kept."""

    minutes: Minutes
    conflicts: tuple[str, ...] = ()


@transaction.atomic
def begin(talk: OneOnOne, by: Employee) -> Minutes:
    """Begin the minutes of a talk that is under way or over; whoever began them finds them.

    Raises TalkNotBegun or MinutesStanding.
    """
    if not talk.has_begun:
        raise TalkNotBegun
    return _begun(talk, by, {})


@transaction.atomic
def begin_again(earlier: Minutes, by: Employee) -> Minutes:
    """Begin the next wording from the words of one that was not confirmed; whoever began it finds it.

    Raises MinutesStanding.
    """
    return _begun(earlier.one_on_one, by, earlier.answers)


def save(minutes: Minutes, changes: Mapping[str, Change], by: Employee, window: str) -> Saved:
    """Keep what changed in one window; a change says which value it started from.

    Where the other side was faster in the same field their words stay, and these are set aside under the window's
    name. Raises MinutesClosed where that would lose words, MinutesTooLarge or, after many losses, MinutesBusy.
    """
    return _until_through(minutes, by, lambda now: merge(now.answers, now.set_aside, changes, window))


def settle_conflict(minutes: Minutes, key: str, window: str, choice: str, by: Employee) -> Saved:
    """Choose which of two texts of a field stays: `stored`, `aside` or `both`. Raises MinutesClosed."""

    def settled(now: Minutes) -> Merged:
        stored, aside = now.answers.get(key), now.set_aside.get(key, {}).get(window)
        if choice == "both" and isinstance(stored, list) and isinstance(aside, list):
            joined = {**now.answers, key: [*stored, *(row for row in aside if row not in stored)]}
            return settle(joined, now.set_aside, key, window, "stored")
        return settle(now.answers, now.set_aside, key, window, choice)

    return _until_through(minutes, by, settled)


def _begun(talk: OneOnOne, by: Employee, answers: Mapping[str, Any]) -> Minutes:
    number = Minutes.objects.filter(one_on_one=talk).count() + 1
    try:
        with transaction.atomic():
            made = Minutes.objects.create(one_on_one=talk, number=number, begun_by=by, answers=dict(answers))
    except IntegrityError as error:
        first = draft_begun_by(by, talk)
        if first is None:
            raise MinutesStanding from error
        return first
    facts = {"minutes_id": made.pk, "one_on_one_id": talk.pk}
    record("minutes.begun", subject=f"minutes:{made.pk}", actor=by.user, **facts)
    return made


def draft_begun_by(by: Employee, talk: OneOnOne) -> Minutes | None:
    """The draft that somebody has begun of a talk: what a second click finds."""
    return Minutes.objects.filter(one_on_one=talk, state=State.DRAFT, begun_by=by).first()


def _until_through(minutes: Minutes, by: Employee, change: Callable[[Minutes], Merged]) -> Saved:
    """Change the words of a draft, from whatever they are now, until no other save comes between."""
    for _attempt in range(_TRIES):
        now = minutes_in_full().get(pk=minutes.pk)
        merged = change(now)
        if (merged.answers, merged.set_aside) == (now.answers, now.set_aside):
            return Saved(now, merged.conflicts)
        if now.state != State.DRAFT:
            raise MinutesClosed
        if len(json.dumps([merged.answers, merged.set_aside], ensure_ascii=False).encode()) > LARGEST:
            raise MinutesTooLarge(limit=LARGEST // 1024)
        kept = {"answers": merged.answers, "set_aside": merged.set_aside, "revision": now.revision + 1}
        same = Minutes.objects.filter(pk=now.pk, revision=now.revision, state=State.DRAFT)
        if same.update(saved_at=timezone.now(), saved_by=by, **kept):
            return Saved(minutes_in_full().get(pk=now.pk), merged.conflicts)
    raise MinutesBusy
