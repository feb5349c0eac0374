"""What becomes of feedback once it is sent: it is read, thanked for, asked about."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accord.coaching.errors.feedback import FeedbackTooLong, ThreadFull
from accord.coaching.models import Feedback, FeedbackMessage
from accord.coaching.models.feedback import MOST_WORDS
from accord.coaching.notices.feedback import REPLIED, THANKED
from accord.coaching.services.feedback.telling import record_of, tell
from accord.people.models import Employee

MOST_MESSAGES = 20


@transaction.atomic
def receive(feedback: Feedback) -> bool:
    """Note when the receiver first read it; from then on it can't be withdrawn. False where its author was faster."""
    now = timezone.now()
    sent = Feedback.objects.filter(pk=feedback.pk, state=Feedback.State.SENT)
    if sent.filter(received_at=None).update(received_at=now):
        feedback.received_at = now
        record_of("received", feedback, feedback.receiver.user)
        return True
    return sent.exists()


@transaction.atomic
def thank(feedback: Feedback) -> None:
    """Thank the author; a second time changes nothing."""
    sent = Feedback.objects.filter(pk=feedback.pk, state=Feedback.State.SENT, thanked_at=None)
    if sent.update(thanked_at=timezone.now()):
        record_of("thanked", feedback, feedback.receiver.user)
        tell(feedback.author, THANKED, feedback, name=feedback.receiver.name)


@transaction.atomic
def reply(feedback: Feedback, by: Employee, text: str) -> FeedbackMessage:
    """Ask something back, or answer it; the same words a second time are the second click.

    Raises ThreadFull or FeedbackTooLong.
    """
    text = text.strip()
    # Whoever says something at the same moment waits for this write.
    Feedback.objects.filter(pk=feedback.pk).update(state=F("state"))
    last = feedback.messages.order_by("-pk").first()
    if last and (last.author_id, last.text) == (by.pk, text):
        return last
    said = feedback.messages.count()
    if said >= MOST_MESSAGES:
        raise ThreadFull(most=MOST_MESSAGES)
    if len(text) > MOST_WORDS:
        raise FeedbackTooLong(most=MOST_WORDS)
    message = FeedbackMessage.objects.create(feedback=feedback, author=by, text=text)
    other = feedback.author if by.pk == feedback.receiver_id else feedback.receiver
    record_of("replied", feedback, by.user)
    tell(other, REPLIED, feedback, occasion=str(message.pk), name=by.name)
    return message
