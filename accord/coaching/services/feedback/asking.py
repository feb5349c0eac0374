"""Asking for feedback, and declining to give it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accord.coaching.errors.feedback import FeedbackToOneself, RequestClosed, TooManyRequests
from accord.coaching.models import FeedbackRequest
from accord.coaching.notices.feedback import ASKED, DECLINED
from accord.foundation.notices import NoticeKind
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.people.models import Employee

MOST_OPEN = 10
State = FeedbackRequest.State


@transaction.atomic
def ask(asker: Employee, people: Sequence[Employee], occasion: str) -> list[FeedbackRequest]:
    """Ask each of `people` about an occasion; somebody who was asked and has not answered yet is not asked again.

    Raises FeedbackToOneself or TooManyRequests.
    """
    if asker in people:
        raise FeedbackToOneself
    waiting = set(FeedbackRequest.objects.filter(asker=asker, state=State.OPEN).values_list("asked", flat=True))
    fresh = [person for person in people if person.pk not in waiting]
    if fresh and len(waiting) + len(fresh) > MOST_OPEN:
        raise TooManyRequests(open=len(waiting), most=MOST_OPEN)
    made = [_ask(asker, person, occasion) for person in fresh]
    return [request for request in made if request]


def _ask(asker: Employee, person: Employee, occasion: str) -> FeedbackRequest | None:
    try:
        with transaction.atomic():
            request = FeedbackRequest.objects.create(asker=asker, asked=person, occasion=occasion.strip())
    except IntegrityError:
        return None  # The other window was faster.
    _record("asked", request, asker)
    _tell(person, ASKED, request, asker.name)
    return request


@transaction.atomic
def decline(request: FeedbackRequest, note: str = "") -> None:
    """Say that one can't or won't, with a word or without; the same a second time is the second click.

    Raises RequestClosed.
    """
    declined = {"state": State.DECLINED, "decline_note": note.strip()}
    still = FeedbackRequest.objects.filter(pk=request.pk, state=State.OPEN)
    if not still.update(closed_at=timezone.now(), **declined):
        if FeedbackRequest.objects.filter(pk=request.pk, **declined).exists():
            return
        raise RequestClosed
    _record("declined", request, request.asked)
    _tell(request.asker, DECLINED, request, request.asked.name)


def _record(what: str, request: FeedbackRequest, by: Employee) -> None:
    subject = f"feedback_requests:{request.pk}"
    record(f"feedback.{what}", subject=subject, actor=by.user, request_id=request.pk)


def _tell(recipient: Employee, kind: NoticeKind, request: FeedbackRequest, name: str) -> None:
    if recipient.user is None:
        return
    cause = f"feedback_requests:{request.pk}"
    notify(recipient.user, kind.code, cause=cause, values={"name": name}, url=reverse("coaching:feedback"))
