"""Documents: laying them out, signing, refusing, and how they end."""

from accord.workflow.services.documents.ending import call_off, expire_due, withdraw
from accord.workflow.services.documents.making import make_document
from accord.workflow.services.documents.reminding import remind_due
from accord.workflow.services.documents.signing import refuse, sign

__all__ = ["call_off", "expire_due", "make_document", "refuse", "remind_due", "sign", "withdraw"]
