"""A document on paper."""

from collections.abc import Sequence

from accord.workflow.models import Document, DocumentParty


def document_as_pdf(document: Document, parties: Sequence[DocumentParty], language: str) -> bytes:
    """The PDF of a document."""
    raise NotImplementedError
