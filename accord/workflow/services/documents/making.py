"""Freezing a text into a document and asking its parties to sign."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.domain.documents import FrozenDocument, Signer, digest_of, rows_of
from accord.people.models import Employee
from accord.workflow.models import Document, DocumentParty, FlowInstance
from accord.workflow.notices.documents import ASKED
from accord.workflow.services.documents.telling import note, tell

TIME_TO_SIGN = timedelta(days=14)
Parties = Iterable[tuple[Employee, Mapping[str, str]]]


@transaction.atomic
def make_document(
    kind: str,
    title: str,
    text: str,
    content: Mapping[str, Any],
    parties: Parties,
    *,
    subject: str = "",
    expires_in: timedelta = TIME_TO_SIGN,
    made_by: Employee | None = None,
    instance: FlowInstance | None = None,
    node_key: str = "",
    round: int = 0,  # noqa: A002 (a flow counts its rounds)
) -> Document:
    """Freeze a document and ask each of `parties`, given with what they sign as in both languages, for a signature.

    Somebody named twice is asked once, as what they are named first. `content` is plain values: decimals and times as
    text. Raises ValueError without parties, TypeError for content that has no canonical form,
    KeyError for rows without label or value.
    """
    # What could not be shown fails here, in front of its author, and not at those who are to sign it.
    rows_of(content, "zh")
    asked = _once_each(parties)
    if not asked:
        raise ValueError("a document needs somebody to sign it")
    now = timezone.now()
    expires_at = now + expires_in
    paper = FrozenDocument(
        kind=kind,
        subject=subject,
        title=title,
        # Browsers end lines in two characters; what is read aloud as one line end is one.
        text="\n".join(text.strip().splitlines()),
        content=dict(content),
        parties=tuple(Signer(person.employee_no, person.name, label) for person, label in asked),
        made_by=made_by.employee_no if made_by else "",
        made_at=_moment(now),
        expires_at=_moment(expires_at),
        nonce=secrets.token_hex(16),
    )
    frozen = paper.frozen
    document = Document.objects.create(
        kind=kind,
        subject=subject,
        title=title,
        frozen=frozen,
        digest=digest_of(frozen),
        instance=instance,
        node_key=node_key,
        round=round,
        made_by=made_by,
        made_at=now,
        expires_at=expires_at,
    )
    _ask(document, asked)
    note("made", document, made_by.user if made_by else None)
    return document


def _ask(document: Document, asked: list[tuple[Employee, dict[str, str]]]) -> None:
    DocumentParty.objects.bulk_create(
        DocumentParty(document=document, employee=person, label=label, place=place)
        for place, (person, label) in enumerate(asked)
    )
    tell(ASKED, document, [person for person, _ in asked])


def _once_each(parties: Parties) -> list[tuple[Employee, dict[str, str]]]:
    first: dict[int, tuple[Employee, dict[str, str]]] = {}
    for person, label in parties:
        first.setdefault(person.pk, (person, dict(label)))
    return list(first.values())


def _moment(at: datetime) -> str:
    """A time as it stands in the frozen text: UTC to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
