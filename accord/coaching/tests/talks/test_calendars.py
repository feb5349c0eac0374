"""What calendars get: an address that only its owner knows, and mails that are sent once and taken back."""

from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import icalendar
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import CalendarFeed, Invitation
from accord.coaching.services.invitations import mail_waiting
from accord.coaching.services.one_on_ones import feeds, move, save_note, skip
from accord.coaching.services.one_on_ones.calendars import invite_due
from accord.coaching.tests.talks.builders import a_pair_now, next_talk
from accord.people.models import Employee
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _with_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def calendar_parts(message: Any) -> list[icalendar.Calendar]:
    letter: EmailMessage = message.message()
    parts = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    return [icalendar.Calendar.from_ical(part.get_payload(decode=True)) for part in parts]


def events_of(client: Client, address: str) -> list[Any]:
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return list(icalendar.Calendar.from_ical(answer.content).walk("VEVENT"))


def test_an_address_shows_ones_talks_and_nothing_that_was_written(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    save_note(next_talk(pairing), cast.xiaozhang, "shared", "canary-note", 0)
    address = feeds.feed_url(feeds.open_feed(cast.xiaozhang))
    client = Client()
    first, *_ = events_of(client, address)
    talk = next_talk(pairing)
    assert (first["UID"], first["SEQUENCE"]) == (str(talk.uid), 0)
    assert first["DTSTART"].dt == talk.planned_at
    assert first["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert "李经理" in first["SUMMARY"]
    answer = client.get(address)
    assert b"canary" not in answer.content
    assert b"BEGIN:VTIMEZONE" in answer.content
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert feeds.feed_url(feeds.open_feed(cast.colleague)) != address


def test_an_address_is_void_once_renewed_closed_or_its_owner_is_gone(cast: Cast) -> None:
    a_pair_now(cast)
    client, first = Client(), feeds.open_feed(cast.xiaozhang)
    old = feeds.feed_url(first)
    new = feeds.feed_url(feeds.open_feed(cast.xiaozhang, first.version))
    assert [client.get(each).status_code for each in (old, new)] == [404, 200]
    forged = reverse("coaching:calendar_feed", args=[f"{CalendarFeed.objects.get().pk}.2:forged"])
    assert client.get(forged).status_code == 404
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.LEFT)
    assert client.get(new).status_code == 404
    Employee.objects.filter(pk=cast.xiaozhang.pk).update(status=Employee.Status.ACTIVE)
    feeds.close_feed(cast.xiaozhang)
    assert client.get(new).status_code == 404


def test_invitations_go_out_once_follow_a_change_and_are_taken_back(cast: Cast) -> None:
    pairing = a_pair_now(cast)
    assert mail_waiting() >= 2
    assert mail_waiting() == 0
    assert invite_due(timezone.now()) == 0
    talk = next_talk(pairing)
    mine = [m for m in mail.outbox if m.to == [cast.xiaozhang.email]]
    (calendar,) = calendar_parts(mine[0])
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["UID"], event["SEQUENCE"]) == ("REQUEST", str(talk.uid), 0)
    assert {str(who) for who in event["ATTENDEE"]} == {
        f"mailto:{cast.manager_li.email}",
        f"mailto:{cast.xiaozhang.email}",
    }
    mail.outbox.clear()
    move(talk, talk.planned_at + timedelta(hours=1), cast.xiaozhang)
    move(talk, talk.planned_at + timedelta(hours=2), cast.xiaozhang)
    assert mail_waiting() == 2, "what a later change overtook is not sent"
    (event,) = calendar_parts(mail.outbox[0])[0].walk("VEVENT")
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (2, talk.planned_at)
    mail.outbox.clear()
    skip(talk, "出差", cast.xiaozhang)
    assert mail_waiting() == 2
    calendar = calendar_parts(mail.outbox[0])[0]
    (event,) = calendar.walk("VEVENT")
    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 3)
    assert "出差" not in mail.outbox[0].body


def test_whoever_wants_no_mail_gets_none_and_the_other_does(cast: Cast) -> None:
    feeds.wish_mail(cast.xiaozhang, False)
    a_pair_now(cast)
    assert set(Invitation.objects.values_list("receiver", flat=True)) == {cast.manager_li.pk}


def test_without_a_mail_server_nothing_piles_up(cast: Cast, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    a_pair_now(cast)
    assert not Invitation.objects.exists()


def test_the_page_makes_closes_and_stops(client: Client, cast: Cast) -> None:
    client.force_login(cast.xiaozhang.user)
    client.post(reverse("coaching:calendar_open"))
    assert "/one-on-ones/feeds/" in client.get(reverse("coaching:calendar")).content.decode()
    client.post(reverse("coaching:calendar_close"))
    assert "/one-on-ones/feeds/" not in client.get(reverse("coaching:calendar")).content.decode()
    client.post(reverse("coaching:calendar_mail"), {"by_mail": "no"})
    assert not CalendarFeed.objects.get().by_mail
