"""Facts about documents."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.events import EventKind

FIELDS = ("document_id", "kind", "subject")

EVENTS = {
    "document.made": EventKind(_("a document was laid out for signature"), FIELDS),
    "document.party_signed": EventKind(_("a document was signed by one of its parties"), FIELDS),
    "document.signed": EventKind(_("a document was signed by all its parties"), FIELDS),
    "document.refused": EventKind(_("a signature was refused"), FIELDS),
    "document.expired": EventKind(_("a document expired before all had signed"), FIELDS),
    "document.withdrawn": EventKind(_("a document was withdrawn"), FIELDS),
}
