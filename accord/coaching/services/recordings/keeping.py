"""What happens to a recording that is there: words are put to it, and it is deleted so that nothing of it is left."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accord.coaching.errors.recordings import FeedbackIsSent, RecordingGone
from accord.coaching.models import Feedback, Recording, RecordingPiece
from accord.coaching.services.feedback.holding import hold_draft
from accord.coaching.services.recordings.store import store
from accord.coaching.services.recordings.uploading import drop
from accord.foundation.models import User
from accord.foundation.services.events import record

# An upload that nobody went on with for so long is let go; the browser that has it begins anew.
UPLOAD_WAITS = timedelta(days=3)
# A file without a row is of a draft that was thrown away, or left by a crash; one that arrives has its row in minutes.
STRAY_WAITS = timedelta(days=1)
State, Because = Recording.State, Recording.DeletedBecause


@transaction.atomic
def describe(recording: Recording, captions: str, summary: str) -> None:
    """Put words to a recording of a draft. Raises FeedbackIsSent or RecordingGone."""
    if not hold_draft(Feedback.objects.filter(pk=recording.feedback_id)):
        raise FeedbackIsSent
    words = {"captions": captions.strip(), "summary": summary.strip()}
    if not Recording.objects.filter(pk=recording.pk, state=State.READY).update(**words):
        raise RecordingGone


@transaction.atomic
def delete(recording: Recording, because: str, by: User | None = None) -> bool:
    """Delete a recording for good. A row stays that says when and why; the content goes once that is certain.

    Returns whether there was anything left to delete.
    """
    emptied = {"stored_as": "", "digest": "", "captions": "", "summary": "", "media_type": ""}
    names = list(Recording.objects.filter(pk=recording.pk).values_list("stored_as", flat=True))
    ready = Recording.objects.filter(pk=recording.pk, state=State.READY)
    if not ready.update(state=State.DELETED, deleted_at=timezone.now(), deleted_because=because, **emptied):
        return False
    transaction.on_commit(partial(store().let_go, names))
    if Feedback.objects.filter(pk=recording.feedback_id, state=Feedback.State.DRAFT).exists():
        # Of a draft nothing is told, not even that there is one.
        return True
    record(
        "recording.deleted",
        subject=f"recordings:{recording.pk}",
        actor=by,
        recording_id=recording.pk,
        feedback_id=recording.feedback_id,
        because=because,
    )
    return True


def delete_expired(today: date) -> int:
    """Delete what was kept long enough; return how many."""
    return sum(
        delete(each, Because.RETENTION) for each in Recording.objects.filter(state=State.READY, keep_until__lt=today)
    )


def drop_abandoned(now: datetime) -> int:
    """Let go of uploads that nobody went on with; return how many."""
    abandoned = list(Recording.objects.filter(state=State.UPLOADING, made_at__lt=now - UPLOAD_WAITS))
    for recording in abandoned:
        drop(recording)
    return len(abandoned)


def forget_strays(now: datetime) -> int:
    """Delete contents that no row names, and what a crash left half-written; return how many were whole."""
    store().forget_unfinished(now - STRAY_WAITS)
    old = [name for name, put_at in store().names() if put_at < now - STRAY_WAITS]
    known = {*Recording.objects.values_list("stored_as", flat=True)}
    known.update(RecordingPiece.objects.values_list("stored_as", flat=True))
    strays = [name for name in old if name not in known]
    store().forget(strays)
    return len(strays)
