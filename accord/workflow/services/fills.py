"""Commands of somebody who fills in a form: begin, save a draft, submit a turn, discard.

A draft takes whatever was written, finished or not; submission alone asks the form whether it is right. Every save is
a compare-and-set on the revision, tried again when another window was faster, and merges field by field.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.foundation.imports.files import path_of
from accord.foundation.services.events import record, record_many
from accord.people.models import Employee
from accord.workflow.errors.forms import AnswersNotAccepted, AnswersTooLarge, FillBusy, FillClosed, FormNotPublished
from accord.workflow.models import Attachment, FillTurn, FlowInstance, FormFill, FormVersion
from accord.workflow.queries.checking import checked_answers
from accord.workflow.queries.schema import RELATED, START, editable_keys
from accord.workflow.services.attachments import files_by_field
from accord.workflow.services.field_use import count_use
from accord.workflow.services.merging import Change, Merged, merge, settle
from accord.workflow.services.prefill import prefilled
from accord.workflow.services.turn_time import spend

LARGEST_ANSWERS = 256 * 1024
"""Bytes of JSON of one fill."""

_TRIES = 12
_DRAFT, _SUBMITTED, _DISCARDED = FormFill.State.DRAFT, FormFill.State.SUBMITTED, FormFill.State.DISCARDED


@dataclass(frozen=True)
class Saved:
    """A fill after a save; `conflicts` are the fields where another window was faster and both texts are kept."""

    fill: FormFill
    conflicts: tuple[str, ...] = ()


@transaction.atomic
def start_fill(
    version: FormVersion,
    author: Employee,
    *,
    person: Employee | None = None,
    subject: str = "",
    url: str = "",
    prefill: Mapping[str, Any] | None = None,
) -> FormFill:
    """Begin to fill in a published version, about `person` or oneself.

    `prefill` holds values (or `Prefilled` with their origin) by field key; `subject` names what it is about in an app
    above, `url` the page of that app on which it is filled in. Raises FormNotPublished.
    """
    if version.state != FormVersion.State.PUBLISHED:
        raise FormNotPublished(number=version.number, name=version.form.name)
    answers, origins = prefilled(version, author, person or author, prefill or {})
    fill = FormFill.objects.create(
        version=version, author=author, person=person, subject=subject, url=url, answers=answers, origins=origins
    )
    FillTurn.objects.create(fill=fill, version=version, person=author, step=START)
    return fill


def save_answers(
    fill: FormFill,
    step: str,
    changes: Mapping[str, Change | Any],
    revision: int,
    actor: Employee,
    *,
    window: str = "",
    seconds: int = 0,
) -> Saved:
    """Keep what changed in one window as a draft.

    A `Change` says which value it started from, and meets what other windows saved since by the rules of `merging`; a
    plain value replaces what stood there at `revision`. Fields that the step may not edit are left alone. `seconds` is
    how long the person was at it since the last save. Raises FillClosed, AnswersTooLarge or, after many losses,
    FillBusy.
    """

    def merged(now: FormFill) -> Merged:
        wanted = {key: _as_change(now, key, change, revision) for key, change in changes.items()}
        editable = editable_keys(now.version, step)
        return merge(now.answers, now.set_aside, {k: c for k, c in wanted.items() if k in editable}, window)

    saved = _until_through(fill, merged)
    spend(saved.fill, step, actor, seconds)
    return saved


def settle_conflict(fill: FormFill, step: str, key: str, window: str, choice: str) -> Saved:
    """Choose which of two texts of a field stays: `stored`, `aside` or `both`. Raises FillClosed."""

    def settled(now: FormFill) -> Merged:
        if key not in editable_keys(now.version, step):
            return Merged(now.answers, now.set_aside, ())
        return settle(now.answers, now.set_aside, key, window, choice)

    return _until_through(fill, settled)


@transaction.atomic
def submit_turn(fill: FormFill, step: str, raw: Mapping[str, Any], actor: Employee) -> FormFill:
    """End one's turn at a form: `raw` (answers by field key, over what is saved) is checked as a whole.

    Raises AnswersNotAccepted with what is wrong, place by place, or FillClosed. Callers keep what was written by saving
    it first.
    """
    for _attempt in range(_TRIES):
        now = _fresh(fill)
        editable = editable_keys(now.version, step)
        answers = {**now.answers, **{key: value for key, value in raw.items() if key in editable}}
        answers |= files_by_field(now, editable_keys(now.version, step, with_files=True))
        checked, problems = checked_answers(now, step, answers)
        if problems:
            raise AnswersNotAccepted(problems)
        ended = {"state": _SUBMITTED, "submitted_at": now.submitted_at or timezone.now()} if step == START else {}
        if _compare_and_set(now, answers=checked, **ended):
            _end_turn(now, step, actor, checked)
            return FormFill.objects.select_related(*RELATED).get(pk=fill.pk)
    raise FillBusy


@transaction.atomic
def discard(fill: FormFill, actor: Employee) -> None:
    """Throw away a draft with everything written and attached. Raises FillClosed."""
    gone = {"answers": {}, "origins": {}, "set_aside": {}, "state": _DISCARDED}
    if not FormFill.objects.filter(pk=fill.pk, state=_DRAFT).update(**gone):
        raise FillClosed
    files = list(Attachment.objects.filter(fill=fill).values_list("stored_as", flat=True))
    Attachment.objects.filter(fill=fill).delete()
    transaction.on_commit(partial(_unlink, files))
    record(
        "form.discarded",
        subject=f"form_fills:{fill.pk}",
        actor=actor.user,
        fill_id=fill.pk,
        version_id=fill.version_id,
    )


def _until_through(fill: FormFill, change: Any) -> Saved:
    """Change the answers of a fill, from whatever they are now, until no other save comes between."""
    for _attempt in range(_TRIES):
        with transaction.atomic():
            now = _fresh(fill)
            merged: Merged = change(now)
            is_same = (merged.answers, merged.set_aside) == (now.answers, now.set_aside)
            if is_same:
                return Saved(now, merged.conflicts)
            if len(json.dumps([merged.answers, merged.set_aside], ensure_ascii=False).encode()) > LARGEST_ANSWERS:
                raise AnswersTooLarge(limit=LARGEST_ANSWERS // 1024)
            if _compare_and_set(now, answers=merged.answers, set_aside=merged.set_aside):
                now.answers, now.set_aside, now.revision = merged.answers, merged.set_aside, now.revision + 1
                return Saved(now, merged.conflicts)
    raise FillBusy


def _fresh(fill: FormFill) -> FormFill:
    """The fill as it is now. Raises FillClosed where nobody may write in it any more."""
    now = FormFill.objects.select_related(*RELATED).get(pk=fill.pk)
    is_running = now.state == _SUBMITTED and FlowInstance.objects.filter(fill=now, state="running").exists()
    if now.state != _DRAFT and not is_running:
        raise FillClosed
    return now


def _compare_and_set(now: FormFill, **changes: Any) -> bool:
    rows = FormFill.objects.filter(pk=now.pk, revision=now.revision).exclude(state=_DISCARDED)
    return bool(rows.update(revision=now.revision + 1, saved_at=timezone.now(), **changes))


def _as_change(now: FormFill, key: str, change: Change | Any, revision: int) -> Change:
    if isinstance(change, Change):
        return change
    # A caller who knows only its new value may replace what it saw, and nothing newer.
    return Change(now.answers.get(key) if now.revision == revision else None, change)


def _end_turn(fill: FormFill, step: str, actor: Employee, answers: Mapping[str, Any]) -> None:
    now = timezone.now()
    turns = FillTurn.objects.filter(fill=fill, step=step, person=actor)
    is_first = bool(turns.filter(submitted_at=None).update(submitted_at=now, seen_at=now))
    if not is_first and not turns.exists():
        FillTurn.objects.create(fill=fill, version=fill.version, person=actor, step=step, submitted_at=now)
        is_first = True
    if is_first:
        count_use(fill, step, answers)
    payload = {"fill_id": fill.pk, "version_id": fill.version_id, "step": step, "subject": fill.subject}
    record_many("form.filled", [(f"form_fills:{fill.pk}", payload)], actor=actor.user)


def _unlink(names: list[str]) -> None:
    for name in names:
        path_of(name).unlink(missing_ok=True)
