"""Who may see a document: its parties, whoever made it, and those the app it belongs to names. Only a party acts."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.module_loading import import_string

from accord.foundation.registry import table
from accord.people.access import Actor, own_employee_id
from accord.people.models import Employee
from accord.workflow.models import Document, DocumentParty


@dataclass(frozen=True)
class SeenDocument:
    """A document as one person sees it: `mine` is their own part in it, `is_maker` whether they laid it out."""

    document: Document
    parties: list[DocumentParty]
    mine: DocumentParty | None
    is_maker: bool

    @property
    def can_act(self) -> bool:
        """Whether the reader may sign or refuse now."""
        waits = self.mine is not None and self.mine.state == DocumentParty.State.WAITING
        return waits and self.document.state == Document.State.OPEN


def document_for(actor: Actor, pk: int) -> SeenDocument:
    """The document `pk` with its parties. Raises Http404 for whoever may not read it."""
    return _seen(actor, get_object_or_404(Document.objects.select_related("made_by"), pk=pk))


def may_read(actor: Actor, document: Document) -> bool:
    """Whether `actor` may see who signs `document` and what it says."""
    try:
        _seen(actor, document)
    except Http404:
        return False
    return True


def party_for(actor: Actor, pk: int) -> DocumentParty:
    """The actor's own part in the document `pk`. Raises Http404 for strangers, PermissionDenied for other readers."""
    seen = document_for(actor, pk)
    if seen.mine is None:
        raise PermissionDenied
    return seen.mine


def document_to_withdraw(actor: Actor, pk: int) -> tuple[Document, Employee]:
    """The document `pk` and its maker. Raises Http404 for strangers, PermissionDenied for everybody but the maker."""
    seen = document_for(actor, pk)
    if not seen.is_maker or seen.document.made_by is None:
        raise PermissionDenied
    return seen.document, seen.document.made_by


def _seen(actor: Actor, document: Document) -> SeenDocument:
    me = own_employee_id(actor)
    parties = list(document.parties.select_related("employee").order_by("place"))
    for party in parties:
        party.document = document
    mine = next((party for party in parties if party.employee_id == me), None)
    is_maker = me is not None and document.made_by_id == me
    if not (mine or is_maker or _is_reader(actor, document)):
        raise Http404
    return SeenDocument(document, parties, mine, is_maker)


def _is_reader(actor: Actor, document: Document) -> bool:
    predicate = table("ACCORD_DOCUMENT_READERS").get(document.kind)
    return bool(predicate and import_string(predicate)(actor, document))
