"""Sending feedback, and taking it back while nobody has read it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.coaching.errors.feedback import (
    DraftChanged,
    FeedbackRead,
    FeedbackSent,
    FeedbackUnfinished,
    LineManagerChanged,
    NoLineManager,
    ReceiverLeft,
)
from accord.coaching.models import Feedback, FeedbackRequest, Recording
from accord.coaching.notices.feedback import RECEIVED, SHARED
from accord.coaching.services.feedback.telling import record_of, tell
from accord.foundation.services.events import record
from accord.people.models import Employee

State = Feedback.State


@transaction.atomic
def send(draft: Feedback) -> None:
    """Send a draft as it stands in `draft`; from then on its words stay.

    Raises FeedbackUnfinished, ReceiverLeft, NoLineManager, LineManagerChanged, DraftChanged or FeedbackSent.
    """
    receiver = Employee.objects.select_related("user", "manager__user").get(pk=draft.receiver_id)
    _check(draft, receiver)
    unsent = Feedback.objects.filter(pk=draft.pk, state=State.DRAFT)
    if not unsent.filter(edition=draft.edition).update(state=State.SENT, sent_at=timezone.now(), ignored=[]):
        raise DraftChanged if unsent.exists() else FeedbackSent
    waiting = FeedbackRequest.objects.filter(
        answers=draft.pk, asker=receiver, asked=draft.author_id, state=FeedbackRequest.State.OPEN
    )
    waiting.update(state=FeedbackRequest.State.ANSWERED, closed_at=timezone.now())
    record_of("sent", draft, draft.author.user, receiver_id=receiver.pk, kind=draft.kind)
    for recording in draft.recordings.filter(state=Recording.State.READY).order_by("pk"):
        record(
            "recording.added",
            subject=f"recordings:{recording.pk}",
            actor=draft.author.user,
            recording_id=recording.pk,
            feedback_id=draft.pk,
        )
    tell(receiver, RECEIVED, draft, name=draft.author.name)
    if draft.shared_with_id not in (None, draft.author_id):
        tell(receiver.manager, SHARED, draft, name=draft.author.name, receiver=receiver.name)


@transaction.atomic
def withdraw(feedback: Feedback) -> None:
    """Take sent feedback back; its author keeps it, nobody else sees it. Twice is once.

    Raises FeedbackRead once it was read.
    """
    unread = Feedback.objects.filter(pk=feedback.pk, state=State.SENT, received_at=None)
    if not unread.update(state=State.WITHDRAWN):
        if Feedback.objects.filter(pk=feedback.pk, state=State.WITHDRAWN).exists():
            return
        raise FeedbackRead(name=feedback.receiver.name)
    record_of("withdrawn", feedback, feedback.author.user)


def _check(draft: Feedback, receiver: Employee) -> None:
    if not (draft.situation and draft.behaviour and draft.impact):
        raise FeedbackUnfinished
    if receiver.status == Employee.Status.LEFT:
        raise ReceiverLeft(name=receiver.name)
    if draft.visibility == Feedback.Visibility.MANAGER:
        if receiver.manager_id is None:
            raise NoLineManager(name=receiver.name)
        if receiver.manager_id != draft.shared_with_id:
            raise LineManagerChanged(name=receiver.name)
