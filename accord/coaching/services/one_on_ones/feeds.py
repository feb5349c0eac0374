"""The address under which one person's calendar reads their talks: signed, kept nowhere, void with the next one."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import CalendarFeed
from accord.foundation.links import absolute
from accord.foundation.services.events import record
from accord.people.models import Employee

_SIGNER = Signer(salt="accord.calendar-feed")
_OPEN = CalendarFeed.objects.filter(is_open=True).select_related("employee__user")


@transaction.atomic
def open_feed(me: Employee, seen: int = 0) -> CalendarFeed:
    """Make a new address; whoever has an earlier one reads nothing any more.

    `seen` is the version of the address that was shown, 0 for none: a second click finds the one the first click made.
    """
    feed, made = CalendarFeed.objects.get_or_create(employee=me)
    before = CalendarFeed.objects.filter(Q(version=seen) | Q(is_open=False), pk=feed.pk)
    if made or before.update(version=F("version") + 1, is_open=True, read_at=None):
        _record("opened", me)
    feed.refresh_from_db()
    return feed


@transaction.atomic
def close_feed(me: Employee) -> None:
    """Close the address; asked twice, it is done once."""
    if CalendarFeed.objects.filter(employee=me, is_open=True).update(is_open=False, version=F("version") + 1):
        _record("closed", me)


@transaction.atomic
def wish_mail(me: Employee, by_mail: bool) -> None:
    """Say whether invitations come by mail; without a word they do."""
    made = {"by_mail": by_mail, "is_open": False}
    CalendarFeed.objects.update_or_create(employee=me, defaults={"by_mail": by_mail}, create_defaults=made)


def feed_url(feed: CalendarFeed) -> str:
    """The address in full, for its owner."""
    return absolute(reverse("coaching:calendar_feed", args=[_SIGNER.sign(f"{feed.pk}.{feed.version}")]))


def reader_of(token: str) -> Employee | None:
    """Whose talks an address shows; None for one that nobody made, that is void, or whose owner has left."""
    try:
        key, _, version = _SIGNER.unsign(token).partition(".")
        feed = _OPEN.get(pk=int(key), version=int(version))
    except (BadSignature, ValueError, CalendarFeed.DoesNotExist):
        return None
    reader = feed.employee
    if reader.status == Employee.Status.LEFT or reader.user is None or not reader.user.is_active:
        return None
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=timezone.now())
    return reader


def _record(what: str, me: Employee) -> None:
    record(f"calendar_feed.{what}", subject=f"employees:{me.pk}", actor=me.user, employee_id=me.pk)
