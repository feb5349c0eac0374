"""Confirming minutes: laid out as a document that both sign; signed, its commitments stand in the list."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accord.coaching.errors.minutes import MinutesChanged, MinutesClosed, MinutesIncomplete
from accord.coaching.models import Minutes
from accord.coaching.queries.minutes import minutes_in_full
from accord.coaching.services.commitments import promise
from accord.coaching.services.minutes.checking import problems_of
from accord.coaching.services.minutes.drafting import begin_again, draft_begun_by
from accord.coaching.services.minutes.paper import content_of, paper_text, title_of
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.models import Document
from accord.workflow.services.documents import call_off, make_document

KIND = "one_on_one_minutes"
_SUBJECT = "minutes:"
_EMPLOYEE = {"zh": "员工", "en": "Employee"}
_MANAGER = {"zh": "直属上级", "en": "Line manager"}
State = Minutes.State

_OUTCOMES = {
    Document.State.REFUSED: State.REFUSED,
    Document.State.EXPIRED: State.LAPSED,
    Document.State.WITHDRAWN: State.TAKEN_BACK,
}


@transaction.atomic
def lay_out(minutes: Minutes, by: Employee, revision: int) -> Document:
    """Make the document that both sign of a draft as its author saw it.

    Raises MinutesIncomplete, MinutesClosed, or MinutesChanged where the other side has written since.
    """
    minutes = minutes_in_full().get(pk=minutes.pk)
    if problems_of(minutes):
        raise MinutesIncomplete
    seen = Minutes.objects.filter(pk=minutes.pk, state=State.DRAFT, revision=revision)
    if not seen.update(state=State.CONFIRMING):
        minutes = minutes_in_full().get(pk=minutes.pk)
        if minutes.state == State.CONFIRMING and minutes.document and minutes.document.made_by_id == by.pk:
            return minutes.document  # This is the second click.
        raise MinutesChanged if minutes.state == State.DRAFT else MinutesClosed
    pairing, content = minutes.one_on_one.pairing, content_of(minutes)
    document = make_document(
        KIND,
        title_of(minutes),
        paper_text(content),
        content,
        [(pairing.employee, _EMPLOYEE), (pairing.manager, _MANAGER)],
        subject=f"{_SUBJECT}{minutes.pk}",
        made_by=by,
    )
    Minutes.objects.filter(pk=minutes.pk).update(document=document)
    _note("laid_out", minutes, by, document_id=document.pk)
    return document


@transaction.atomic
def take_back(minutes: Minutes, by: Employee) -> Minutes:
    """Either side corrects before both have confirmed: the document ends, and the next wording begins from its words.

    Raises MinutesClosed where it has ended already.
    """
    asked = minutes_in_full().get(pk=minutes.pk)
    taken = Minutes.objects.filter(pk=minutes.pk, state=State.CONFIRMING)
    if asked.document is None or not taken.update(state=State.TAKEN_BACK):
        first = draft_begun_by(by, asked.one_on_one)
        if first is None:
            raise MinutesClosed
        return first  # This is the second click.
    if not call_off(asked.document, _("%(name)s corrects it first.") % {"name": by.name}, by):
        raise MinutesClosed
    _note("not_confirmed", asked, by, state=State.TAKEN_BACK.value)
    return begin_again(asked, by)


@transaction.atomic
def follow_signed(document_id: int, kind: str, subject: str) -> None:
    """Reaction to `document.signed`: the minutes stand, and their commitments are kept. Again changes nothing."""
    minutes = _about(document_id, kind, subject)
    if minutes is None or minutes.document is None:
        return
    signing = Minutes.objects.filter(pk=minutes.pk, state=State.CONFIRMING)
    if not signing.update(state=State.CONFIRMED, confirmed_at=minutes.document.closed_at or timezone.now()):
        return
    _promise_all(minutes)
    _note("confirmed", minutes, None, one_on_one_id=minutes.one_on_one_id)


@transaction.atomic
def follow_ended(document_id: int, kind: str, subject: str) -> None:
    """Reaction to the end of a document that not both have signed: the wording keeps how it ended."""
    minutes = _about(document_id, kind, subject)
    outcome = _OUTCOMES.get(Document.State(minutes.document.state)) if minutes and minutes.document else None
    if minutes is None or outcome is None:
        return
    if Minutes.objects.filter(pk=minutes.pk, state=State.CONFIRMING).update(state=outcome):
        _note("not_confirmed", minutes, None, state=outcome.value)


def _promise_all(minutes: Minutes) -> None:
    """The commitments as both have signed them, read from the document and from nowhere else."""
    pairing = minutes.one_on_one.pairing
    content = minutes.document.paper.content if minutes.document else {}
    for row, shown in zip(content["commitments"], content["rows"], strict=True):
        mine = row["who"] == "employee"
        owner, partner = (pairing.employee, pairing.manager) if mine else (pairing.manager, pairing.employee)
        sentence = f"{row['name']}：{shown['value']}"
        due_on = date.fromisoformat(row["due"])
        promise(owner, partner, row["what"], due_on, f"minutes:{minutes.pk}", sentence, minutes.begun_by, quietly=True)


def _about(document_id: int, kind: str, subject: str) -> Minutes | None:
    """The minutes that a document is about, if it is the one they were laid out in."""
    number = subject.removeprefix(_SUBJECT)
    if kind != KIND or not number.isdecimal():
        return None
    return minutes_in_full().filter(pk=int(number), document=document_id).first()


def _note(what: str, minutes: Minutes, by: Employee | None, **payload: object) -> None:
    actor = by.user if by else None
    record(f"minutes.{what}", subject=f"minutes:{minutes.pk}", actor=actor, minutes_id=minutes.pk, **payload)
