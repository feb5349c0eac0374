"""Reading notifications: the list, the bell, and what waits for mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from accord.foundation.errors import Text
from accord.foundation.links import absolute
from accord.foundation.models import MailMode, Notification, NotificationPreference, User
from accord.foundation.notices import kinds

MOST_COUNTED = 100
READERS_AT_ONCE = 500


@dataclass(frozen=True)
class ShownNotification:
    """A notification in the current language."""

    notification: Notification
    label: Text
    sentence: str
    link_text: Text
    is_urgent: bool

    @property
    def url(self) -> str:
        """Where opening it leads: marks it read, then goes to what it is about."""
        return reverse("foundation:open_notification", args=[self.notification.pk])

    @property
    def full_url(self) -> str:
        """The same for a mail."""
        return absolute(self.url)


def shown(notification: Notification) -> ShownNotification:
    """Say a notification in the current language; one whose kind is gone says so."""
    kind = kinds().get(notification.kind)
    if kind is None:
        gone = gettext("A message of a kind that is no longer used")
        return ShownNotification(notification, notification.kind, gone, gettext("Open"), is_urgent=False)
    sentence = kind.say(notification.values)
    return ShownNotification(notification, kind.label, sentence, kind.link_text, kind.is_urgent)


def inbox(reader: User) -> QuerySet[Notification]:
    """The notifications of `reader`: unread ones first, newest first."""
    return Notification.objects.filter(recipient=reader).order_by(F("read_at").desc(nulls_first=True), "-pk")


def unread_count(reader: User) -> int:
    """How many notifications are unread, counted up to 100: the bell says “99+” beyond."""
    return Notification.objects.filter(recipient=reader, read_at=None)[:MOST_COUNTED].count()


def mail_modes(reader: User) -> dict[str, str]:
    """How `reader` hears of each kind, by its code: what they chose, else the kind's default."""
    chosen = dict(NotificationPreference.objects.filter(user=reader).values_list("kind", "mode"))
    return {code: chosen.get(code, str(kind.default_mode)) for code, kind in kinds().items()}


def unmailed(mode: MailMode) -> QuerySet[Notification]:
    """Messages of a mode that nobody mailed and nobody has read in the app meanwhile.

    Conditions on the table itself only, so that an UPDATE of it is a compare-and-set on PostgreSQL too.
    """
    return Notification.objects.filter(mode=mode, mailed_at=None, read_at=None)


def waiting_for_mail(mode: MailMode) -> QuerySet[Notification]:
    """Those of them whose readers can get mail."""
    return unmailed(mode).filter(recipient__is_active=True).exclude(recipient__email="")


def readers_due_for_digest(now: datetime) -> Iterator[User]:
    """Everybody whose digest hour has come and who has had no digest since, with something to put into it."""
    zones = waiting_for_mail(MailMode.DIGEST).values_list("recipient__time_zone", flat=True).distinct()
    for name in list(zones):
        hour = last_digest_hour(User(time_zone=name).zone, now)
        due = _due_in_zone(name, hour)
        for start in range(0, len(due), READERS_AT_ONCE):
            yield from User.objects.filter(pk__in=due[start : start + READERS_AT_ONCE]).order_by("pk")


def last_digest_hour(zone: ZoneInfo, now: datetime) -> datetime:
    """The newest DIGEST_HOUR on the clocks of `zone` that is not after `now`, in UTC."""
    day = now.astimezone(zone).date()
    today = datetime.combine(day, time(settings.DIGEST_HOUR), zone).astimezone(UTC)
    if today <= now:
        return today
    return datetime.combine(day - timedelta(days=1), time(settings.DIGEST_HOUR), zone).astimezone(UTC)


def _due_in_zone(name: str, hour: datetime) -> list[int]:
    mine = Notification.objects.filter(recipient=OuterRef("pk"), mode=MailMode.DIGEST)
    # A message that was committed just after the digest went out waits for the next: one a day.
    had_one = mine.filter(mailed_at__gte=hour)
    waiting = waiting_for_mail(MailMode.DIGEST).filter(created_at__lt=hour, recipient__time_zone=name)
    readers = User.objects.filter(pk__in=waiting.values("recipient")).filter(~Exists(had_one))
    return list(readers.order_by("pk").values_list("pk", flat=True))
