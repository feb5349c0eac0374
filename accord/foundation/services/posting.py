"""Sending letters, at most once each, by decision (docs/adr/0006).

SMTP cannot promise exactly once. A message that is mailed twice teaches people to ignore us; one that is not mailed
still waits in the app. So a letter is claimed first, in a committed UPDATE, and sent after: a crash in between loses a
mail and never doubles one. A claim is given back only where the server surely did not take the mail.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from enum import Enum, auto
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from accord.foundation.models import User
from accord.foundation.services.mail import is_mail_set_up

logger = logging.getLogger(__name__)


class MailPostponed(Exception):
    """The mail server said "later" to some; the job that raises this is run again."""


class Letter(Protocol):
    """One mail to be."""

    @property
    def reader(self) -> User:
        """Who it goes to."""

    def claim(self) -> bool:
        """Take it for sending, in a transaction of its own; False where somebody else was quicker."""

    def compose(self) -> EmailMessage:
        """Write it, from what was claimed."""

    def give_back(self) -> None:
        """Let it be tried again: the server surely did not take it."""

    def settle(self, was_sent: bool) -> None:
        """Keep how it ended, where that is kept."""


class _Outcome(Enum):
    SENT, TAKEN_BY_OTHERS, POSTPONED, FAILED = auto(), auto(), auto(), auto()


def post(letters: Iterable[Letter]) -> int:
    """Send letters over one connection; return how many went out. Without a mail server none do.

    May run twice, at the same time, or after a crash. Raises MailPostponed when some must be tried again.
    """
    if not is_mail_set_up():
        return 0
    with closing(get_connection()) as connection:
        outcomes = Counter(_send(letter, connection) for letter in letters)
    if outcomes[_Outcome.POSTPONED]:
        raise MailPostponed(f"{outcomes[_Outcome.POSTPONED]} mails are to be tried again")
    return outcomes[_Outcome.SENT]


def _send(letter: Letter, connection: BaseEmailBackend) -> _Outcome:
    # A server that cannot be reached stops the job here, before anything is claimed.
    connection.open()
    if not letter.claim():
        return _Outcome.TAKEN_BY_OTHERS
    try:
        message = letter.compose()
        message.connection = connection
        message.send()
    except SMTPException as error:
        connection.close()
        if _says_later(error):
            letter.give_back()
            return _Outcome.POSTPONED
        logger.warning("mail to account %s was not taken: %s", letter.reader.pk, error)
        letter.settle(was_sent=False)
        return _Outcome.FAILED
    except Exception:
        # One letter that cannot be written must not keep all others from being sent.
        logger.exception("mail to account %s could not be sent", letter.reader.pk)
        connection.close()
        letter.settle(was_sent=False)
        return _Outcome.FAILED
    letter.settle(was_sent=True)
    return _Outcome.SENT


def _says_later(error: SMTPException) -> bool:
    """Whether the server answered that it did not take the mail and may do so later."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    else:
        codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    return bool(codes) and all(400 <= code < 500 for code in codes)
