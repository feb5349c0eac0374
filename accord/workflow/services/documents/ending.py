"""Documents that end without all signatures: withdrawn by their maker, called off by their flow, or out of time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.errors.documents import DocumentClosed, SignedAlready
from accord.workflow.models import Document
from accord.workflow.notices.documents import LAPSED
from accord.workflow.services.archive.durability import durable
from accord.workflow.services.documents.keeping import keep_ending
from accord.workflow.services.documents.telling import concerned, note, tell

OPEN, EXPIRED, WITHDRAWN = Document.State.OPEN, Document.State.EXPIRED, Document.State.WITHDRAWN


@transaction.atomic
def withdraw(document: Document, by: Employee, reason: str = "") -> None:
    """Take back a document that nobody has signed yet. Raises SignedAlready or DocumentClosed."""
    if not _end(document, WITHDRAWN, by, reason, signatures=0):
        document.refresh_from_db()
        raise SignedAlready if document.state == OPEN else DocumentClosed


@transaction.atomic
def call_off(document: Document, reason: str, by: Employee | None = None) -> bool:
    """End an open document, signed in part or not, because what it is about has ended; false if it is closed already.

    What was signed stays in the archive.
    """
    return _end(document, WITHDRAWN, by, reason)


def expire_due() -> int:
    """End every open document whose time is over, each in a transaction of its own; return how many."""
    due = Document.objects.filter(state=OPEN, expires_at__lte=timezone.now()).order_by("pk")
    return sum(_expire(document) for document in due)


def _expire(document: Document) -> bool:
    with durable():
        return _end(document, EXPIRED, None, "")


def _end(document: Document, state: Document.State, by: Employee | None, reason: str, **still: object) -> bool:
    """Compare-and-set from open; the same transaction archives it and tells those concerned."""
    closing = {"state": state, "closed_at": timezone.now()}
    if not Document.objects.filter(pk=document.pk, state=OPEN, **still).update(**closing):
        return False
    keep_ending(state.value, document, by, reason)
    note(state.value, document, by.user if by else None)
    tell(LAPSED, document, [person for person in concerned(document) if by is None or person.pk != by.pk])
    return True
