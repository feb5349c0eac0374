"""Telling the other of the two what one of them did."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import OneOnOne, Pairing
from accord.foundation.notices import NoticeKind
from accord.foundation.services.notifications import notify
from accord.people.models import Employee


def tell_of_rhythm(pairing: Pairing, kind: NoticeKind, by: Employee) -> None:
    """Tell the other of the two about their rhythm."""
    tell_about_rhythm(pairing, kind, pairing.other(by), by)


def tell_about_rhythm(pairing: Pairing, kind: NoticeKind, reader: Employee, about: Employee) -> None:
    """Tell one of the two about their rhythm; `about` is the one who is named."""
    if reader.user is None:
        return
    cause = f"pairings:{pairing.pk}:{pairing.edition}"
    url = reverse("coaching:pairing", args=[pairing.pk])
    notify(reader.user, kind.code, cause=cause, values={"name": about.name}, url=url)


def tell_of_talk(talk: OneOnOne, kind: NoticeKind, by: Employee) -> None:
    """Tell the other of the two about a talk."""
    tell_about_talk(talk, kind, talk.pairing.other(by), by)


def tell_about_talk(talk: OneOnOne, kind: NoticeKind, reader: Employee, about: Employee) -> None:
    """Tell one of the two about a talk, once per change of it; the time is on the reader's own clock."""
    if reader.user is None:
        return
    when = timezone.localtime(talk.planned_at, reader.user.zone)
    values = {"name": about.name, "when": f"{when:%Y-%m-%d %H:%M}"}
    url = reverse("coaching:one_on_one", args=[talk.pk])
    notify(reader.user, kind.code, cause=f"one_on_ones:{talk.pk}:{talk.sequence}", values=values, url=url)
