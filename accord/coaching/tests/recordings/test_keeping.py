"""What is there: words put to it, deleted so that nothing is left, forgotten when its time is over."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from accord.coaching.errors.recordings import FeedbackIsSent, RecordingGone
from accord.coaching.models import Feedback, Recording
from accord.coaching.queries.recordings import own_data, recordings_with
from accord.coaching.services.feedback.answers import receive
from accord.coaching.services.feedback.drafts import throw_away
from accord.coaching.services.feedback.sending import send
from accord.coaching.services.recordings.keeping import (
    STRAY_WAITS,
    UPLOAD_WAITS,
    delete,
    delete_expired,
    describe,
    drop_abandoned,
    forget_strays,
)
from accord.coaching.services.recordings.store import new_name, store
from accord.coaching.services.recordings.uploading import take
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import begun, recorded, sound
from accord.foundation.clock import organisation_day
from accord.foundation.models import Event
from tests.cast import Cast

SAID = "退货原因那一页讲得很清楚"


@pytest.fixture
def feedback(cast: Cast) -> Feedback:
    return draft(cast.manager_li, cast.xiaozhang)


def is_there(name: str) -> bool:
    return name in {each for each, _ in store().names()}


def test_words_are_the_senders_until_it_is_sent(feedback: Feedback) -> None:
    recording = recorded(feedback)
    describe(recording, f" {SAID} ", "数据")
    recording.refresh_from_db()
    assert (recording.captions, recording.summary) == (SAID, "数据")
    describe(recording, SAID, "数据")
    assert not Event.objects.exists(), "of a draft nothing is told"
    send(feedback)
    with pytest.raises(FeedbackIsSent):
        describe(recording, "别的", "")


def test_deleting_leaves_a_row_that_says_so_and_nothing_else(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    recording = recorded(feedback)
    describe(recording, SAID, "数据")
    name = recording.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        assert delete(recording, "sender", feedback.author.user)
    assert not is_there(name)
    with pytest.raises(FileNotFoundError):
        list(store().pieces(name))
    recording.refresh_from_db()
    left = (recording.stored_as, recording.digest, recording.captions, recording.summary, recording.media_type)
    assert left == ("",) * 5
    assert (recording.state, recording.deleted_because) == ("deleted", "sender")
    assert not delete(recording, "sender", feedback.author.user)
    assert not Event.objects.exists(), "of a draft nothing is told"
    with pytest.raises(RecordingGone):
        describe(recording, SAID, "")
    assert list(recordings_with(feedback)) == []
    send(feedback)
    feedback.refresh_from_db()
    assert list(recordings_with(feedback)) == [recording]


def test_the_night_deletes_what_was_kept_long_enough(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    today = organisation_day()
    old, young = recorded(feedback), recorded(feedback)
    assert old.keep_until == today + timedelta(days=365)
    Recording.objects.filter(pk=young.pk).update(keep_until=old.keep_until + timedelta(days=1))
    assert delete_expired(old.keep_until) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_expired(old.keep_until + timedelta(days=1)) == 1
    assert not is_there(old.stored_as)
    assert is_there(young.stored_as)
    old.refresh_from_db()
    assert old.deleted_because == "retention"


def test_an_upload_that_nobody_goes_on_with_is_let_go(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    recording = take(begun(feedback, sound()), 0, BytesIO(sound()[:100]).read)
    piece, ready = recording.pieces.get().stored_as, recorded(feedback)
    now = timezone.now()
    assert drop_abandoned(now + UPLOAD_WAITS - timedelta(minutes=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_abandoned(now + UPLOAD_WAITS + timedelta(minutes=1)) == 1
    assert not is_there(piece)
    assert is_there(ready.stored_as)


def test_what_a_thrown_away_draft_carried_goes_in_the_night(feedback: Feedback) -> None:
    kept, gone = recorded(draft(feedback.author, feedback.receiver)), recorded(feedback)
    waiting = take(begun(kept.feedback, sound()), 0, BytesIO(sound()[:100]).read).pieces.get().stored_as
    throw_away(feedback)
    now = timezone.now()
    half = settings.ACCORD_RECORDINGS.folder / f"{new_name()}#1"
    half.write_bytes(b"\x1a")
    forget_strays(now)
    assert is_there(gone.stored_as)
    assert half.exists()
    assert forget_strays(now + STRAY_WAITS + timedelta(minutes=1)) >= 1
    assert not is_there(gone.stored_as)
    assert not half.exists()
    assert is_there(kept.stored_as)
    assert is_there(waiting)


def test_one_takes_along_what_one_made_and_what_was_made_for_one(feedback: Feedback, cast: Cast) -> None:
    recording = recorded(feedback)
    describe(recording, SAID, "")
    assert [each["captions"] for each in own_data(cast.manager_li.user)] == [SAID]
    assert own_data(cast.xiaozhang.user) == []
    send(feedback)
    assert own_data(cast.xiaozhang.user) == [], "unread"
    receive(feedback)
    assert [each["made_by_me"] for each in own_data(cast.xiaozhang.user)] == [False]
    assert own_data(cast.colleague.user) == own_data(cast.administrator.user) == []


def test_deleting_what_was_sent_is_a_fact(feedback: Feedback) -> None:
    recording = recorded(feedback)
    send(feedback)
    assert delete(recording, "sender", feedback.author.user)
    assert not delete(recording, "sender", feedback.author.user)
    event = Event.objects.get(name="recording.deleted")
    assert event.payload == {"recording_id": recording.pk, "feedback_id": feedback.pk, "because": "sender"}
