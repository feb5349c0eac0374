"""Facts about a document, and telling people of it."""

from collections.abc import Iterable

from django.urls import reverse

from accord.foundation.models import User
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record_many
from accord.foundation.services.notifications import Notice, notify_many
from accord.people.models import Employee
from accord.workflow.models import Document


def note(what: str, document: Document, actor: User | None) -> None:
    """Record the fact `document.<what>`; it carries what the document is about as `subject`."""
    about = {"document_id": document.pk, "kind": document.kind, "subject": document.subject}
    record_many(f"document.{what}", [(f"documents:{document.pk}", about)], actor=actor)


def tell(kind: NoticeKind, document: Document, people: Iterable[Employee], **values: str) -> None:
    """Tell people of a document, each once per kind; somebody without an account is told nothing."""
    url = reverse("workflow:document", args=[document.pk])
    told = {"title": document.title, **values}
    cause = f"documents:{document.pk}"
    notify_many(kind.code, [Notice(person.user, cause, told, url) for person in people if person.user])


def concerned(document: Document) -> list[Employee]:
    """The parties of a document and whoever made it, each once."""
    parties = [party.employee for party in document.parties.select_related("employee__user")]
    maker = [document.made_by] if document.made_by else []
    return list({person.pk: person for person in [*parties, *maker]}.values())
