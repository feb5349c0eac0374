"""What people are told about documents."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.models import MailMode
from accord.foundation.notices import NoticeKind

_TO_DOCUMENT = _("To the document")

ASKED = NoticeKind(
    "document.asked",
    _("A document waits for my signature"),
    _("“%(title)s” waits for your signature."),
    MailMode.AT_ONCE,
    _TO_DOCUMENT,
)
EXPIRING = NoticeKind(
    "document.expiring",
    _("A document that waits for my signature expires soon"),
    _("“%(title)s” still waits for your signature and expires soon."),
    MailMode.AT_ONCE,
    _TO_DOCUMENT,
)
SIGNED = NoticeKind(
    "document.signed",
    _("All have signed a document of mine"),
    _("“%(title)s” has been signed by all."),
    link_text=_TO_DOCUMENT,
)
REFUSED = NoticeKind(
    "document.refused",
    _("Somebody refused to sign a document of mine"),
    _("%(name)s has refused to sign “%(title)s”. The reason stands with the document."),
    MailMode.AT_ONCE,
    _TO_DOCUMENT,
)
LAPSED = NoticeKind(
    "document.lapsed",
    _("A document of mine expired or was withdrawn"),
    _("“%(title)s” is no longer open for signature: it expired or was withdrawn."),
    link_text=_TO_DOCUMENT,
)

NOTICES = (ASKED, EXPIRING, SIGNED, REFUSED, LAPSED)
