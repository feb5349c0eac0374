"""Notifications by mail: a digest a day, urgent ones at once. At most once, by decision (docs/adr/0006).

SMTP cannot promise exactly once. A message that is mailed twice teaches people to ignore us; one that is not mailed
still waits in the app under its red number. So messages are claimed first, in a committed UPDATE, and sent after: a
crash in between loses a mail and never doubles one. A claim is taken back only where the server surely did not take it.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.utils import timezone

from accord.foundation.models import MailMode, Notification, User
from accord.foundation.queries.notifications import (
    last_digest_hour,
    readers_due_for_digest,
    shown,
    unmailed,
    waiting_for_mail,
)
from accord.foundation.services.mail import compose, is_mail_set_up

logger = logging.getLogger(__name__)

LISTED = 30
"""A digest lists this many messages and counts the rest."""


class MailPostponed(Exception):
    """The mail server said "later" to some; the job that raises this is run again."""


def mail_digests(now: datetime | None = None) -> int:
    """Mail today's digest to everybody whose hour has come; return how many went out.

    A digest holds what was left before the hour and is still unread, so a second run on the same day finds nothing.
    May run twice, at the same time, or after a crash. Raises MailPostponed when some must be tried again.
    """
    return _mail(_digests(now or timezone.now()))


def mail_urgent() -> int:
    """Mail every urgent message that waits, one mail each; return how many went out. As safe as `mail_digests`."""
    return _mail(_singles())


@dataclass(frozen=True)
class _Letter:
    """One mail to be. `waiting` are the messages it may take from `scope`, which no other kind of mail takes from."""

    reader: User
    template: str
    scope: QuerySet[Notification]
    waiting: QuerySet[Notification]
    claimed_at: datetime = field(default_factory=timezone.now)

    def claim(self) -> bool:
        """Take what waits; False where somebody else was quicker."""
        return bool(self.waiting.update(mailed_at=self.claimed_at))

    def claimed(self) -> QuerySet[Notification]:
        return self.scope.filter(mailed_at=self.claimed_at).order_by("-pk")


class _Outcome(Enum):
    SENT, TAKEN_BY_OTHERS, POSTPONED, FAILED = auto(), auto(), auto(), auto()


def _mail(letters: Iterable[_Letter]) -> int:
    if not is_mail_set_up():
        return 0
    with closing(get_connection()) as connection:
        outcomes = Counter(_send(letter, connection) for letter in letters)
    if outcomes[_Outcome.POSTPONED]:
        raise MailPostponed(f"{outcomes[_Outcome.POSTPONED]} mails are to be tried again")
    return outcomes[_Outcome.SENT]


def _send(letter: _Letter, connection: BaseEmailBackend) -> _Outcome:
    # A server that cannot be reached stops the job here, before anything is claimed.
    connection.open()
    if not letter.claim():
        return _Outcome.TAKEN_BY_OTHERS
    try:
        _compose(letter, connection)
    except SMTPException as error:
        connection.close()
        if _says_later(error):
            letter.claimed().update(mailed_at=None)
            return _Outcome.POSTPONED
        logger.warning("mail to account %s was not taken: %s", letter.reader.pk, error)
        return _Outcome.FAILED
    except Exception:
        # One letter that cannot be written must not keep all others from being sent.
        logger.exception("mail to account %s could not be sent", letter.reader.pk)
        connection.close()
        return _Outcome.FAILED
    return _Outcome.SENT


def _compose(letter: _Letter, connection: BaseEmailBackend) -> None:
    count = letter.claimed().count()
    notices = [shown(message) for message in letter.claimed()[:LISTED]]
    message = compose(
        letter.reader, letter.template, {"notices": notices, "count": count, "more": count - len(notices)}
    )
    message.connection = connection
    message.send()


def _says_later(error: SMTPException) -> bool:
    """Whether the server answered that it did not take the mail and may do so later."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    else:
        codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    return bool(codes) and all(400 <= code < 500 for code in codes)


def _digests(now: datetime) -> Iterator[_Letter]:
    for reader in readers_due_for_digest(now):
        scope = Notification.objects.filter(recipient=reader, mode=MailMode.DIGEST)
        hour = last_digest_hour(reader.zone, now)
        waiting = unmailed(MailMode.DIGEST).filter(recipient=reader, created_at__lt=hour)
        yield _Letter(reader, "digest", scope, waiting, now)


def _singles() -> Iterator[_Letter]:
    for message in waiting_for_mail(MailMode.AT_ONCE).select_related("recipient").order_by("pk"):
        scope = Notification.objects.filter(pk=message.pk)
        yield _Letter(message.recipient, "notice", scope, unmailed(MailMode.AT_ONCE).filter(pk=message.pk))
