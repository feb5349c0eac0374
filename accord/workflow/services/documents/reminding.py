"""One reminder before a document expires."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from accord.workflow.models import Document, DocumentParty
from accord.workflow.notices.documents import EXPIRING
from accord.workflow.services.documents.telling import tell

NOTICE = timedelta(days=2)
FIRST_DAY = timedelta(days=1)


def remind_due(now: datetime | None = None) -> None:
    """Remind whoever has not signed a document that ends within two days. Saying it again changes nothing.

    On its first day nobody is reminded: they have just been asked.
    """
    now = now or timezone.now()
    soon = Document.objects.filter(
        state=Document.State.OPEN, expires_at__gt=now, expires_at__lte=now + NOTICE, made_at__lte=now - FIRST_DAY
    )
    for document in soon:
        waiting = document.parties.filter(state=DocumentParty.State.WAITING).select_related("employee__user")
        tell(EXPIRING, document, [party.employee for party in waiting])
