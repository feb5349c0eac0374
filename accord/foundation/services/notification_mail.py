"""Notifications by mail: a digest a day, urgent ones at once. At most once, by decision (docs/adr/0006).

SMTP cannot promise exactly once. A message that is mailed twice teaches people to ignore us; one that is not mailed still
waits in the app with its red number. So a message is claimed first, in a committed UPDATE, and sent after: a crash in
between loses the mail and never doubles it. A claim is taken back only where the server certainly did not take the mail.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone

from accord.foundation.models import MailMode, Notification, User
from accord.foundation.queries.notifications import ShownNotification, shown
from accord.foundation.services.mail import compose, is_mail_set_up

logger = logging.getLogger(__name__)

LISTED = 30
"""A digest lists this many messages and counts the rest."""


class MailPostponed(Exception):
    """The mail server said "later"; the job that raises this is run again."""


def mail_digests(now: datetime | None = None) -> int:
    """Mail today's digest to everybody whose hour has come; return how many went out.

    A digest holds what was left before the hour and is still unread, so a second run on the same day finds nothing.
    Safe to run twice, at the same time, and after a crash. Raises MailPostponed when some must be tried again.
    """
    if not is_mail_set_up():
        return 0
    now = now or timezone.now()
    return _mail(_digest(reader, _last_hour(reader, now), now) for reader in _readers_with_digest(now))


def mail_urgent() -> int:
    """Mail every urgent message that waits, one mail each; return how many went out. As safe as `mail_digests`."""
    if not is_mail_set_up():
        return 0
    waiting = _waiting(MailMode.AT_ONCE).select_related("recipient").order_by("pk")
    return _mail(_single(message) for message in waiting.iterator(500))


class _Letter:
    """A mail and the messages it would carry; `claim` says whether they are ours to send."""

    def __init__(self, reader: User, messages: QuerySet[Notification]) -> None:
        self.reader, self.messages, self.claimed_at = reader, messages, timezone.now()

    def claim(self) -> bool:
        """Take the messages that nobody else has taken. Readers' messages of one mode are only claimed together."""
        return bool(self.messages.update(mailed_at=self.claimed_at))

    def give_back(self) -> None:
        self._claimed().update(mailed_at=None)

    def compose(self) -> EmailMessage:
        messages = [shown(message) for message in self._claimed().order_by("-pk")]
        return self.render(messages)

    def render(self, messages: Sequence[ShownNotification]) -> EmailMessage:
        raise NotImplementedError

    def _claimed(self) -> QuerySet[Notification]:
        return Notification.objects.filter(recipient=self.reader, mailed_at=self.claimed_at)
