"""What cannot be done with a document, and why."""

from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import BusinessError

_LOOK_AGAIN = _("Open it again to see where it stands. You may have it open in another window.")


class NotYourSignature(BusinessError):
    code = "not_your_signature"
    status = 403
    sentence = _("This signature is somebody else's; nobody signs for another.")
    hint = _("Only %(name)s can sign here, signed in as themselves. Administrators and stand-ins cannot.")


class DocumentClosed(BusinessError):
    code = "document_closed"
    sentence = _("This document is no longer open for signature; nothing was changed.")
    hint = _LOOK_AGAIN


class DocumentExpired(BusinessError):
    code = "document_expired"
    sentence = _("The time to sign this document has passed; nothing was changed.")
    hint = _("If it is still needed, ask whoever laid it out to lay it out again.")


class AlreadyActed(BusinessError):
    code = "already_signed_or_refused"
    sentence = _("You have signed or refused this document already; it counts once.")
    hint = _LOOK_AGAIN


class DigestStale(BusinessError):
    code = "document_digest_stale"
    sentence = _("What you were shown is not this document; nothing was signed.")
    hint = _("Open the document again and read it before you sign.")


class DocumentDamaged(BusinessError):
    code = "document_damaged"
    sentence = _("The stored document no longer matches its digest, so nobody can sign it.")
    hint = _("Tell an administrator and the auditor: somebody or something has changed it in the database.")


class SignedAlready(BusinessError):
    code = "document_partly_signed"
    sentence = _("Somebody has signed already, so this document can no longer be withdrawn.")
    hint = _("It ends when all have signed, when somebody refuses, or when its time is over.")
