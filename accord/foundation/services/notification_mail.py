"""Notifications by mail: a digest a day, urgent ones at once; what is not mailed still waits under its red number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.mail import EmailMessage
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
from accord.foundation.services.mail import compose
from accord.foundation.services.posting import post

LISTED = 30
"""A digest lists this many messages and counts the rest."""


def mail_digests(now: datetime | None = None) -> int:
    """Mail today's digest to everybody whose hour has come; return how many went out.

    A digest holds what was left before the hour and is still unread, so a second run on the same day finds nothing.
    May run twice, at the same time, or after a crash. Raises MailPostponed when some must be tried again.
    """
    return post(_digests(now or timezone.now()))


def mail_urgent() -> int:
    """Mail every urgent message that waits, one mail each; return how many went out. As safe as `mail_digests`."""
    return post(_singles())


@dataclass(frozen=True)
class _Letter:
    """One mail to be. `waiting` are the messages it may take from `scope`, which no other kind of mail takes from."""

    reader: User
    template: str
    scope: QuerySet[Notification]
    waiting: QuerySet[Notification]
    claimed_at: datetime = field(default_factory=timezone.now)

    def claim(self) -> bool:
        return bool(self.waiting.update(mailed_at=self.claimed_at))

    def compose(self) -> EmailMessage:
        count = self._claimed().count()
        notices = [shown(message) for message in self._claimed()[:LISTED]]
        return compose(self.reader, self.template, {"notices": notices, "count": count, "more": count - len(notices)})

    def give_back(self) -> None:
        self._claimed().update(mailed_at=None)

    def settle(self, was_sent: bool) -> None:
        """Nothing: a message that could not be mailed still waits in the app."""

    def _claimed(self) -> QuerySet[Notification]:
        return self.scope.filter(mailed_at=self.claimed_at).order_by("-pk")


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
