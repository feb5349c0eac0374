"""Reads of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accord.foundation.models import User
from accord.people.models import Employee
from accord.workflow.models import ArchiveEntry, ArchiveHead, Document, DocumentParty

OPEN, WAITING = Document.State.OPEN, DocumentParty.State.WAITING


@dataclass(frozen=True)
class DocumentDesk:
    """One person's documents: those that wait for them, those under way elsewhere, and those that have ended."""

    waiting: Sequence[Document]
    under_way: Sequence[Document]
    ended: QuerySet[Document]


def documents_of(me: Employee) -> DocumentDesk:
    """The documents `me` is a party of or made. What expires first waits first."""
    mine = _with_parties().filter(Q(parties__employee=me) | Q(made_by=me)).distinct()
    owed = documents_owed(me)
    under_way = mine.filter(state=OPEN).exclude(pk__in=owed.values("pk")).order_by("expires_at", "pk")
    return DocumentDesk(
        waiting=list(owed.order_by("expires_at", "pk")),
        under_way=list(under_way),
        ended=mine.exclude(state=OPEN).order_by("-closed_at", "-pk"),
    )


def documents_owed(me: Employee) -> QuerySet[Document]:
    """The open documents that wait for the signature of `me`."""
    owed = DocumentParty.objects.filter(employee=me, state=WAITING).values("document_id")
    return _with_parties().filter(pk__in=owed, state=OPEN)


def document_with_digest(digest: str) -> Document | None:
    """The document whose frozen text has this digest."""
    # PostgreSQL takes no text with a zero in it, and an address can hold one.
    return Document.objects.filter(digest=digest).first() if digest.isalnum() else None


@dataclass(frozen=True)
class Seal:
    """Where the end of a document lies in the archive: its record, and the first signed head that covers it."""

    number: int
    head: ArchiveHead | None


def seal_of(document: Document) -> Seal | None:
    """The seal of a document that has ended; None until the sealer has come by."""
    kept = ArchiveEntry.objects.filter(subject=f"documents:{document.pk}", kind=f"document.{document.state}")
    number = kept.values_list("seq", flat=True).first()
    if number is None:
        return None
    return Seal(number, ArchiveHead.objects.filter(size__gte=number).order_by("size").first())


def own_documents(user: User) -> list[dict[str, Any]]:
    """The documents a person is a party of, word for word, with their own part; and those they laid out, by title."""
    parts = DocumentParty.objects.filter(employee__user=user).select_related("document").order_by("pk")
    made = Document.objects.filter(made_by__user=user).exclude(parties__employee__user=user).order_by("pk")
    return [_told(part) for part in parts] + [{"laid_out_by_me": _facts(document)} for document in made]


def _told(part: DocumentParty) -> dict[str, Any]:
    return {
        **_facts(part.document),
        "text": part.document.paper.text,
        "content": part.document.paper.content,
        "i_sign_as": part.label,
        "my_part": part.state,
        "method": part.method,
        "reason": part.reason,
        "acted_at": part.acted_at,
    }


def _facts(document: Document) -> dict[str, Any]:
    facts = ("title", "digest", "state", "made_at", "expires_at", "closed_at")
    return {name: getattr(document, name) for name in facts}


def _with_parties() -> QuerySet[Document]:
    parties = DocumentParty.objects.select_related("employee").order_by("place")
    # Lists show titles, people and states; the text is read when a document is opened.
    return Document.objects.defer("frozen").select_related("made_by").prefetch_related(Prefetch("parties", parties))
