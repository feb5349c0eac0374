"""A document on paper: its text, its signatures, its digest, and where to verify it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import qrcode
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from accord.domain.documents import Signer, rest_of, rows_of, say
from accord.foundation.links import absolute
from accord.workflow.models import Document, DocumentParty
from accord.workflow.printing.typesetting import as_pdf

State = DocumentParty.State
TONES = {Document.State.SIGNED: "signed", Document.State.OPEN: "waiting"}


def document_as_pdf(document: Document, parties: Sequence[DocumentParty], language: str) -> bytes:
    """The PDF of a document with its signatures as they stand, in `language` (“zh-hans” or “en”)."""
    with override(language):
        return as_pdf("document.typ", _paper(document, parties, language), timezone.now())


def verify_url(document: Document) -> str:
    """Where the QR code leads."""
    return absolute(reverse("workflow:verify", args=[document.digest]))


def moment(at: datetime | None) -> str:
    """A time on the organisation's clock, with what clock that is."""
    if at is None:
        return ""
    local = timezone.localtime(at, timezone.get_default_timezone())
    zone = f"{local:%z}"
    return f"{local:%Y-%m-%d %H:%M:%S} (UTC{zone[:3]}:{zone[3:]})"


def _paper(document: Document, parties: Sequence[DocumentParty], language: str) -> dict[str, Any]:
    paper, url = document.paper, verify_url(document)
    return {
        "title": paper.title,
        "text": paper.text,
        "rows": rows_of(paper.content, language),
        "rest": rest_of(paper.content),
        "parties": [_party(party, paper.parties[party.place], language) for party in parties],
        "lang": language[:2],
        "region": "cn" if language.startswith("zh") else "gb",
        "digest": document.digest,
        "state": str(document.get_state_display()),
        "tone": TONES.get(Document.State(document.state), "refused"),
        "facts": _facts(document),
        "url": url,
        "qr": _qr(url),
        "words": _words(),
    }


def _party(party: DocumentParty, signer: Signer, language: str) -> dict[str, str]:
    return {
        "name": signer.name,
        "number": signer.number,
        "label": say(signer.label, language),
        "tone": "lapsed" if party.has_lapsed else party.state,
        "state": signature_in_words(party),
        "at": moment(party.acted_at),
        "reason": party.reason,
    }


def signature_in_words(party: DocumentParty) -> str:
    """How a party stands, with the means they proved themselves by."""
    state = str(party.get_state_display())
    if party.has_lapsed:
        return _("did not sign")
    if party.state == State.WAITING:
        return state
    return _("%(state)s with %(method)s") % {"state": state, "method": party.get_method_display()}


def _facts(document: Document) -> list[tuple[str, str]]:
    maker = document.made_by.name if document.made_by else _("the system")
    facts = [(_("Laid out"), f"{maker}  {moment(document.made_at)}")]
    if document.closed_at:
        facts.append((_("Ended at"), moment(document.closed_at)))
    else:
        facts.append((_("To be signed until"), moment(document.expires_at)))
    return facts


def _words() -> dict[str, str]:
    return {
        "product": _("Accord"),
        "page": _("Page {page} of {pages}"),
        "content": _("What belongs to it"),
        "rest": _("Values for programs that are signed with it"),
        "signatures": _("Signatures"),
        "verify": _("Verify this document: scan the code or open"),
        "digest": _("SHA-256 digest"),
        "proves": _(
            "Each signature covers the whole document through its digest. A signature with a passkey can be checked "
            "without the operator of this system; for one with a password or a one-time code, the operator vouches."
        ),
    }


def _qr(url: str) -> str:
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=0).save(drawn)
    return drawn.getvalue().decode()
