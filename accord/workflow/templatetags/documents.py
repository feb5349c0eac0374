"""Documents in words."""

from django import template

from accord.domain.documents import FrozenDocument, rest_of, rows_of, say
from accord.foundation.language import readers_language
from accord.workflow.models import Document, DocumentParty
from accord.workflow.printing import documents as printing

register = template.Library()

TONES = {
    Document.State.OPEN: "yellow",
    Document.State.SIGNED: "green",
    Document.State.REFUSED: "red",
    DocumentParty.State.WAITING: "yellow",
}


@register.filter
def in_words(label: dict[str, str]) -> str:
    """A text in two languages as the reader gets it."""
    return say(label, readers_language())


@register.filter
def rows(paper: FrozenDocument) -> list[tuple[str, str]]:
    """The structured content of a document as names and values."""
    return rows_of(paper.content, readers_language())


@register.filter
def rest(paper: FrozenDocument) -> list[tuple[str, str]]:
    """What is signed with a document for programs to read."""
    return rest_of(paper.content)


@register.filter
def tone(state: str) -> str:
    """The colour of a document's or a party's state."""
    return TONES.get(state, "grey")  # type: ignore[call-overload,no-any-return]


@register.filter
def party_tone(party: DocumentParty) -> str:
    """The colour of how a party stands."""
    return "grey" if party.has_lapsed else tone(party.state)


@register.filter
def signature(party: DocumentParty) -> str:
    """How a party stands, with the means they proved themselves by."""
    return printing.signature_in_words(party)


@register.filter
def digest_lines(digest: str) -> list[str]:
    """A digest in four groups, which an eye can compare."""
    return [digest[start : start + 16] for start in range(0, 64, 16)]
