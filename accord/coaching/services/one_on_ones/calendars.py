"""Which mails calendars get about talks: an invitation some days ahead, its changes, and that it does not take place.

A row is written in the transaction of the change and mailed by a job, at most once. What a later change overtook before
it was mailed is never sent.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accord.coaching.jobs.invitations import mail_invitations
from accord.coaching.models import CalendarFeed, Invitation, OneOnOne
from accord.foundation.services.jobs import enqueue_once
from accord.foundation.services.mail import is_mail_set_up
from accord.people.models import Employee

INVITED_AHEAD = timedelta(days=15)
"""How long before a talk its invitation is mailed; the calendar's own address shows it as soon as it is planned."""

Method = Invitation.Method


def tell_calendars(talk: OneOnOne, now: datetime) -> None:
    """Owe the two a mail about a talk that was just changed, in the caller's transaction; none without mail."""
    if not is_mail_set_up():
        return
    Invitation.objects.filter(one_on_one=talk, claimed_at=None).delete()
    invited = set(Invitation.objects.filter(one_on_one=talk).values_list("receiver_id", flat=True))
    is_on = talk.state == OneOnOne.State.PLANNED
    is_near = is_on and talk.planned_at <= now + INVITED_AHEAD
    method = Method.REQUEST if is_on else Method.CANCEL
    receivers = [
        person
        for person in (talk.pairing.manager, talk.pairing.employee)
        if _wants_mail(person) and (is_near or person.pk in invited)
    ]
    _owe([_row(talk, person.pk, method) for person in receivers])


def invite_due(now: datetime, pairings: Collection[int] | None = None) -> int:
    """Owe invitations to the talks that are near and nobody was invited to yet; return how many."""
    if not is_mail_set_up():
        return 0
    rows: list[Invitation] = []
    for side in ("manager", "employee"):
        talks = _uninvited(side, now, pairings)
        rows += [_row(talk, getattr(talk.pairing, f"{side}_id"), Method.REQUEST) for talk in talks]
    _owe(rows)
    return len(rows)


def _uninvited(side: str, now: datetime, pairings: Collection[int] | None) -> QuerySet[OneOnOne]:
    """The talks in the next days to which one side, who wants mail, has no invitation."""
    person = f"pairing__{side}"
    near = OneOnOne.objects.filter(
        state=OneOnOne.State.PLANNED, begun_at=None, planned_at__gt=now, planned_at__lte=now + INVITED_AHEAD
    )
    if pairings is not None:
        near = near.filter(pairing__in=pairings)
    told = Invitation.objects.filter(one_on_one=OuterRef("pk"), receiver=OuterRef(f"{person}_id"))
    silent = CalendarFeed.objects.filter(employee=OuterRef(f"{person}_id"), by_mail=False)
    reached = near.filter(**{f"{person}__user__is_active": True}).exclude(**{f"{person}__user__email": ""})
    return reached.exclude(Exists(told)).exclude(Exists(silent)).select_related("pairing")


def _wants_mail(person: Employee) -> bool:
    user = person.user
    if user is None or not user.is_active or not user.email:
        return False
    return not CalendarFeed.objects.filter(employee=person, by_mail=False).exists()


def _row(talk: OneOnOne, receiver: int, method: str) -> Invitation:
    return Invitation(one_on_one=talk, receiver_id=receiver, method=method, sequence=talk.sequence)


def _owe(rows: list[Invitation]) -> None:
    if rows:
        with transaction.atomic():
            Invitation.objects.bulk_create(rows, ignore_conflicts=True)
            enqueue_once(mail_invitations, mail_invitations.module_path)
