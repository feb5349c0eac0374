"""Signing and refusing: by the party themself, shown exactly this document, after proving anew who they are."""

from __future__ import annotations

from django.db.models import F
from django.utils import timezone

from accord.foundation.models import User
from accord.foundation.second_factors import Proved, StepUp, prove
from accord.people.access import own_employee_id
from accord.workflow.errors import documents as errors
from accord.workflow.models import Document, DocumentParty
from accord.workflow.notices.documents import REFUSED, SIGNED
from accord.workflow.services.archive.durability import durable
from accord.workflow.services.documents.keeping import keep_ending, keep_signature
from accord.workflow.services.documents.telling import concerned, note, tell

OPEN = Document.State.OPEN
State = DocumentParty.State


def sign(party: DocumentParty, actor: User, digest_seen: str, step_up: StepUp) -> None:
    """Sign for `party`, who `actor` must be; the last signature closes the document.

    Raises what `prove` raises, and NotYourSignature, DigestStale, AlreadyActed, DocumentClosed, DocumentExpired or
    DocumentDamaged. Not to be called inside a transaction: refused proofs stay counted.
    """
    party = _ready(party, actor, digest_seen)
    statement = party.statement("sign")
    proved = prove(actor, step_up, statement.digest)
    with durable():
        # The count is changed first: of two parties at once the second waits here, and then sees the first's signature.
        _change_open(party, signatures=F("signatures") + 1)
        _act(party, State.SIGNED, proved)
        keep_signature(party, statement)
        note("party_signed", party.document, actor)
        if not party.document.parties.exclude(state=State.SIGNED).exists():
            _close_signed(party.document, actor)


def refuse(party: DocumentParty, actor: User, digest_seen: str, reason: str, step_up: StepUp) -> None:
    """Refuse for `party`, who `actor` must be, with a reason; that ends the document. Raises as `sign` does."""
    if not reason.strip():
        raise ValueError("a refusal needs a reason")
    party = _ready(party, actor, digest_seen)
    statement = party.statement("refuse", reason)
    proved = prove(actor, step_up, statement.digest)
    with durable():
        _change_open(party, state=Document.State.REFUSED, closed_at=timezone.now())
        _act(party, State.REFUSED, proved, reason=statement.reason)
        keep_signature(party, statement)
        keep_ending("refused", party.document, party.employee)
        note("refused", party.document, actor)
        others = [person for person in concerned(party.document) if person.pk != party.employee_id]
        tell(REFUSED, party.document, others, name=party.employee.name)


def _ready(party: DocumentParty, actor: User, digest_seen: str) -> DocumentParty:
    """The party as it stands now, if it may act on what was shown. Costs no attempt at the second factor."""
    party = DocumentParty.objects.select_related("document", "employee").get(pk=party.pk)
    document = party.document
    if own_employee_id(actor) != party.employee_id:
        raise errors.NotYourSignature(name=party.employee.name)
    if digest_seen != document.digest:
        raise errors.DigestStale
    if not document.is_intact:
        raise errors.DocumentDamaged
    _raise_unless_open(party)
    return party


def _raise_unless_open(party: DocumentParty) -> None:
    if party.state != State.WAITING:
        raise errors.AlreadyActed
    if party.document.state != OPEN:
        raise errors.DocumentClosed
    if party.document.expires_at <= timezone.now():
        raise errors.DocumentExpired


def _change_open(party: DocumentParty, **values: object) -> None:
    document = party.document
    still = Document.objects.filter(pk=document.pk, state=OPEN, expires_at__gt=timezone.now())
    if not still.update(**values):
        party.refresh_from_db()
        _raise_unless_open(party)
        raise errors.DocumentClosed


def _act(party: DocumentParty, state: State, proved: Proved, reason: str = "") -> None:
    acted = {
        "state": state,
        "method": proved.method,
        "proof": dict(proved.proof),
        "reason": reason,
        "acted_at": timezone.now(),
    }
    if not DocumentParty.objects.filter(pk=party.pk, state=State.WAITING).update(**acted):
        raise errors.AlreadyActed
    party.refresh_from_db(fields=list(acted))


def _close_signed(document: Document, actor: User) -> None:
    Document.objects.filter(pk=document.pk, state=OPEN).update(state=Document.State.SIGNED, closed_at=timezone.now())
    keep_ending("signed", document)
    note("signed", document, actor)
    tell(SIGNED, document, concerned(document))
