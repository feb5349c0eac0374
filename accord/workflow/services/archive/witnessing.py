"""Sending the newest head to people outside, who then hold what the operator of this installation cannot take back."""

from __future__ import annotations

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accord.foundation.clock import organisation_day
from accord.foundation.services.mail import is_mail_set_up
from accord.workflow.errors.archive import NothingSealed, WitnessesUnreached
from accord.workflow.models import ArchiveHead, ArchiveWitnessing
from accord.workflow.services.archive.sealing import seal

logger = logging.getLogger(__name__)

ATTACHMENT = "head.json"


def send_head() -> ArchiveWitnessing | None:
    """Mail the newest head to the witnesses who have not had one today. None where there are none, or no mail server.

    Better twice than never: who has a head already loses nothing by another one. Raises NothingSealed, and
    WitnessesUnreached where some were not reached, so that the job tries those again.
    """
    if not settings.ARCHIVE_WITNESSES or not is_mail_set_up():
        return None
    seal()
    day, sent = organisation_day(), ArchiveWitnessing.objects.filter(day=organisation_day()).first()
    head = sent.head if sent else ArchiveHead.objects.order_by("-size").first()
    if head is None:
        raise NothingSealed
    had = list(sent.addresses) if sent else []
    left = [address for address in settings.ARCHIVE_WITNESSES if address not in had]
    reached = [address for address in left if _mail(address, head)]
    if reached:
        values = {"head": head, "addresses": [*had, *reached], "at": timezone.now()}
        sent, _ = ArchiveWitnessing.objects.update_or_create(day=day, defaults=values)
    if len(reached) < len(left):
        raise WitnessesUnreached(count=len(left) - len(reached))
    return sent


def _mail(address: str, head: ArchiveHead) -> bool:
    # In the organisation's language: nobody outside has chosen one.
    with translation.override(settings.LANGUAGE_CODE), timezone.override(None):
        text = render_to_string("workflow/mail/archive_head.txt", {"head": head, "base_url": settings.BASE_URL})
    subject, _, body = text.partition("\n")
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    message = EmailMessage(subject.strip(), body.strip() + "\n", to=[address], headers=headers)
    message.attach(ATTACHMENT, head.head + "\n", "application/json")
    try:
        message.send()
    except (SMTPException, OSError) as error:
        logger.warning("a head could not be sent to a witness: %s", error)
        return False
    return True
