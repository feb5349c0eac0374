"""Telling one person something, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.foundation.jobs.notification_mail import mail_urgent_notifications
from accord.foundation.models import MailMode, Notification, NotificationPreference, User
from accord.foundation.notices import NoticeKind, kinds
from accord.foundation.services.jobs import enqueue_once
from accord.foundation.services.mail import is_mail_set_up

CHUNK = 1000


@dataclass(frozen=True)
class Notice:
    """One message of `notify_many`."""

    recipient: User
    cause: str
    values: dict[str, Any] = field(default_factory=dict)
    url: str = ""


def notify(
    recipient: User,
    kind: str,
    *,
    cause: str,
    values: dict[str, Any],
    url: str = "",
    urgency: Notification.Urgency | None = None,
) -> None:
    """Leave a message of `kind` for `recipient`; the same kind and cause again changes nothing.

    It shows in the app at once; by mail in the daily digest, or at once where urgent or wished so. Without `urgency`
    the kind's own default holds; what the recipient chose for the kind beats both. `url` is a path on this site.
    Raises KeyError for an undeclared kind or a value its sentence needs.
    """
    notify_many(kind, [Notice(recipient, cause, values, url)], urgency=urgency)


@transaction.atomic
def notify_many(kind: str, notices: Sequence[Notice], *, urgency: Notification.Urgency | None = None) -> None:
    """Leave many messages of one kind, with the same few statements for ten people as for a thousand."""
    declared = kinds()[kind]
    default = str(urgency or declared.default_mode)
    has_urgent = False
    for start in range(0, len(notices), CHUNK):
        chunk = notices[start : start + CHUNK]
        modes = _wishes(kind, chunk)
        rows = [_row(declared, notice, modes.get(notice.recipient.pk, default)) for notice in chunk]
        Notification.objects.bulk_create(rows, ignore_conflicts=True)
        has_urgent = has_urgent or any(row.mode == MailMode.AT_ONCE for row in rows)
    if has_urgent and is_mail_set_up():
        # One job mails all that waits, so a burst of messages asks for it once.
        enqueue_once(mail_urgent_notifications, mail_urgent_notifications.module_path)


def mark_read(notification: Notification) -> None:
    """Note that its reader has opened it; the first time counts."""
    Notification.objects.filter(pk=notification.pk, read_at=None).update(read_at=timezone.now())


def mark_all_read(reader: User, up_to: int) -> None:
    """Mark everything read that `reader` has been shown: messages up to and including id `up_to`."""
    Notification.objects.filter(recipient=reader, read_at=None, pk__lte=up_to).update(read_at=timezone.now())


def settle(reader: User, kind: str) -> None:
    """What the messages of `kind` asked `reader` for is done: they need not be read, nor mailed, any more."""
    Notification.objects.filter(recipient=reader, kind=kind, read_at=None).update(read_at=timezone.now())


def _wishes(kind: str, notices: Iterable[Notice]) -> dict[int, str]:
    readers = {notice.recipient.pk for notice in notices}
    return dict(NotificationPreference.objects.filter(kind=kind, user__in=readers).values_list("user_id", "mode"))


def _row(kind: NoticeKind, notice: Notice, mode: str) -> Notification:
    # A message that could not be shown fails here, in front of its author, and not at its reader.
    kind.say(notice.values)
    if notice.url and (not notice.url.startswith("/") or notice.url.startswith("//")):
        raise ValueError(f"not a path on this site: {notice.url}")
    return Notification(
        recipient=notice.recipient,
        kind=kind.code,
        cause=notice.cause,
        values=notice.values,
        url=notice.url,
        mode=mode if notice.recipient.email else MailMode.APP_ONLY,
    )
