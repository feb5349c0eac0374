"""Talks as calendars read them (RFC 5545). Nothing of agenda or notes is in them: calendars are shared with others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from accord.coaching.models import OneOnOne
from accord.coaching.queries.one_on_ones import talks_of
from accord.foundation.links import absolute
from accord.people.models import Employee

PRODUCT = "-//Accord//One-on-ones//EN"
KEPT = timedelta(days=60)
"""How far back a calendar's own address reaches."""

State = OneOnOne.State


def feed_text(reader: Employee, now: datetime) -> bytes:
    """The talks of one person, two months back and all ahead; what was skipped or called off is not in it."""
    talks = OneOnOne.objects.filter(talks_of(reader), state__in=(State.PLANNED, State.HELD), planned_at__gt=now - KEPT)
    talks = talks.select_related("pairing__manager__user", "pairing__employee__user").order_by("planned_at", "pk")
    with translation.override(reader.user.language if reader.user else settings.LANGUAGE_CODE):
        calendar = _calendar("PUBLISH")
        calendar.add("x-wr-calname", _("Accord one-on-ones"))
        calendar.add("refresh-interval", timedelta(hours=1), {"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        return _filled(calendar, [(talk, _event(talk, reader, now)) for talk in talks])


def invitation_text(talk: OneOnOne, reader: Employee, method: str, now: datetime) -> bytes:
    """One talk as a mail carries it: REQUEST for an invitation or a change of it, CANCEL for one that is off."""
    event = _event(talk, reader, now)
    organizer = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL.rpartition('<')[2].rstrip('>')}")
    organizer.params["CN"] = vText(_("Accord"))
    event.add("organizer", organizer)
    for person in (talk.pairing.manager, talk.pairing.employee):
        event.add("attendee", _attendee(person), encode=False)
    if method == "CANCEL":
        event["STATUS"] = "CANCELLED"
    return _filled(_calendar(method), [(talk, event)])


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _filled(calendar: Calendar, events: Iterable[tuple[OneOnOne, Event]]) -> bytes:
    days = []
    for talk, event in events:
        calendar.add_component(event)
        days.append(talk.planned_at.date())
    if days:
        # A zone is described for the years of its talks, and a little beyond for clients that look ahead.
        calendar.add_missing_timezones(min(days) - timedelta(days=366), max(days) + timedelta(days=366))
    return bytes(calendar.to_ical())


def _event(talk: OneOnOne, reader: Employee, now: datetime) -> Event:
    pairing = talk.pairing
    zone = ZoneInfo(pairing.time_zone)
    url = absolute(reverse("coaching:one_on_one", args=[talk.pk]))
    event = Event()
    event.add("uid", str(talk.uid))
    event.add("sequence", talk.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", timezone.localtime(talk.planned_at, zone))
    event.add("dtend", timezone.localtime(talk.ends_at, zone))
    event.add("summary", _("One-on-one · %(name)s") % {"name": pairing.other(reader).name})
    event.add("description", _("Agenda and notes: %(url)s") % {"url": url})
    event.add("url", url)
    event.add("class", "PRIVATE")
    event.add("status", "CONFIRMED")
    if pairing.place:
        event.add("location", pairing.place)
    return event


def _attendee(person: Employee) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(person.name)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("ACCEPTED")
    return address
