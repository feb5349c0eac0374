"""Mailing what calendars are owed: each at most once (docs/adr/0006), as text a person reads and as a calendar part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation

from accord.coaching.models import Invitation
from accord.coaching.queries.calendars import invitation_text
from accord.foundation.links import absolute
from accord.foundation.models import User
from accord.foundation.services.mail import compose
from accord.foundation.services.posting import post


def mail_waiting() -> int:
    """Mail the invitations that wait; return how many went out. May run twice, at once, or after a crash.

    Raises MailPostponed when some must be tried again.
    """
    return post(_letters())


@dataclass(frozen=True)
class _Letter:
    invitation: Invitation
    reader: User

    def claim(self) -> bool:
        return bool(Invitation.objects.filter(pk=self.invitation.pk, claimed_at=None).update(claimed_at=timezone.now()))

    def compose(self) -> EmailMessage:
        talk, receiver, method = self.invitation.one_on_one, self.invitation.receiver, self.invitation.method
        context = {
            "talk": talk,
            "other": talk.pairing.other(receiver),
            "is_off": method == Invitation.Method.CANCEL,
            "is_change": self.invitation.sequence > 0,
            "talk_url": absolute(reverse("coaching:one_on_one", args=[talk.pk])),
            "calendar_url": absolute(reverse("coaching:calendar")),
        }
        message = compose(self.reader, "coaching/mail/one_on_one", context)
        with translation.override(self.reader.language):
            text = invitation_text(talk, receiver, method, timezone.now()).decode()
        message.attach_alternative(text, f"text/calendar; method={method}; charset=utf-8")
        return message

    def give_back(self) -> None:
        Invitation.objects.filter(pk=self.invitation.pk).update(claimed_at=None)

    def settle(self, was_sent: bool) -> None:
        """Nothing: a talk whose mail was not taken stands on the page and in the calendar's own address."""


def _letters(now: datetime | None = None) -> Iterator[_Letter]:
    waiting = Invitation.objects.filter(claimed_at=None, one_on_one__planned_at__gt=now or timezone.now())
    people = ("one_on_one__pairing__manager", "one_on_one__pairing__employee", "receiver__user")
    for invitation in waiting.select_related(*people).order_by("pk"):
        if invitation.receiver.user:
            yield _Letter(invitation, invitation.receiver.user)
