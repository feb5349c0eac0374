"""Bringing a recording in: in pieces, after a lost connection, from two windows, and what is not taken."""

import hashlib
from io import BytesIO
from unittest.mock import patch

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accord.coaching.errors.recordings import (
    FeedbackIsSent,
    PieceOutOfPlace,
    RecordingEmpty,
    RecordingGone,
    RecordingNotWhatItSays,
    RecordingsFull,
    RecordingsUnsentFull,
    RecordingTooLarge,
    RecordingTooLong,
    RecordingTypeNotTaken,
    TooManyRecordings,
    UploadNotUnderstood,
)
from accord.coaching.models import Feedback, Recording, RecordingPiece
from accord.coaching.services.feedback.drafts import throw_away
from accord.coaching.services.feedback.sending import send, withdraw
from accord.coaching.services.recordings import uploading
from accord.coaching.services.recordings.keeping import delete
from accord.coaching.services.recordings.store import store
from accord.coaching.services.recordings.uploading import LARGEST, MOST_ON_THEIR_WAY, begin, drop, finish, take
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import MP4, WAV, WEBM, begun, recorded, sound
from accord.foundation.models import Event
from tests.cast import Cast


@pytest.fixture
def feedback(cast: Cast) -> Feedback:
    return draft(cast.manager_li, cast.xiaozhang)


def names() -> set[str]:
    return {name for name, _ in store().names()}


def test_a_recording_arrives_whole_with_its_length_written_in(feedback: Feedback) -> None:
    before = names()
    content = sound()
    recording = recorded(feedback, content)
    kept = b"".join(store().pieces(recording.stored_as))
    assert kept.startswith(WEBM[:40])
    assert kept.endswith(content[len(WEBM) :])
    assert len(kept) == recording.size == recording.received + 18 == len(content) + 18
    assert recording.digest == hashlib.sha256(kept).hexdigest()
    assert (recording.state, recording.kind, recording.media_type) == ("ready", "voice", "audio/webm")
    assert recording.length == "0:42"
    assert len(names() - before) >= 1
    assert not recording.pieces.exists()


def test_its_event_comes_with_the_feedback_and_names_no_words(feedback: Feedback) -> None:
    recording = recorded(feedback)
    assert not Event.objects.exists(), "of a draft nothing is told"
    send(feedback)
    event = Event.objects.get(name="recording.added")
    assert event.payload == {"recording_id": recording.pk, "feedback_id": feedback.pk}
    assert event.actor == feedback.author.user


def test_after_a_lost_connection_it_goes_on_where_it_stood(feedback: Feedback) -> None:
    content = sound(9_000)
    recording, parts = begun(feedback, content), iter([content[:4_000], OSError("gone")])

    def breaking(size: int) -> bytes:
        part = next(parts)
        if isinstance(part, OSError):
            raise part
        return part

    recording = take(recording, 0, breaking)
    assert (recording.received, recording.state) == (4_000, "uploading")
    recording = take(recording, 4_000, BytesIO(content[4_000:]).read)
    assert b"".join(store().pieces(recording.stored_as)).endswith(content[len(WEBM) :])


def test_many_pieces_are_put_together_in_their_order(feedback: Feedback) -> None:
    content = sound(5_000)
    with patch.object(uploading, "PIECE", 700):
        recording = recorded(feedback, content)
    assert b"".join(store().pieces(recording.stored_as)).endswith(content[len(WEBM) :])


def test_of_two_windows_that_send_the_same_place_one_wins(feedback: Feedback) -> None:
    content = sound()
    first = begun(feedback, content)
    second = Recording.objects.get(pk=first.pk)
    take(first, 0, BytesIO(content[:1_000]).read)
    before = names()
    with pytest.raises(PieceOutOfPlace):
        take(second, 0, BytesIO(content[:500]).read)
    assert names() == before
    assert RecordingPiece.objects.count() == 1
    for start in (0, 999, 1_001):
        with pytest.raises(PieceOutOfPlace):
            take(Recording.objects.get(pk=first.pk), start, BytesIO(b"x").read)


def test_nobody_fills_the_store_with_crumbs(feedback: Feedback) -> None:
    before, recording = names(), begun(feedback, sound())
    with patch.object(uploading, "MOST_PIECES", 2):
        for start in (0, 1):
            take(Recording.objects.get(pk=recording.pk), start, BytesIO(WEBM[start : start + 1]).read)
        with pytest.raises(UploadNotUnderstood):
            take(Recording.objects.get(pk=recording.pk), 2, BytesIO(WEBM[2:3]).read)
    assert len(names() - before) == 2


def test_a_long_part_that_is_overtaken_mixes_nothing_up(feedback: Feedback) -> None:
    content = sound(3_000)
    recording, sent = begun(feedback, content), BytesIO(content)

    def overtaken(size: int) -> bytes:
        if sent.tell() == 1_000:
            take(Recording.objects.get(pk=recording.pk), 1_000, BytesIO(content[1_000:1_500]).read)
        return sent.read(size)

    with patch.object(uploading, "PIECE", 1_000), pytest.raises(PieceOutOfPlace):
        take(recording, 0, overtaken)
    recording.refresh_from_db()
    recording = take(recording, 1_500, BytesIO(content[1_500:]).read)
    assert b"".join(store().pieces(recording.stored_as)).endswith(content[len(WEBM) :])


def test_a_crash_before_the_end_is_made_good_by_asking_again(feedback: Feedback) -> None:
    content = sound()
    recording = begun(feedback, content)
    with patch.object(uploading, "finish", side_effect=MemoryError), pytest.raises(MemoryError):
        take(recording, 0, BytesIO(content).read)
    recording.refresh_from_db()
    assert (recording.received, recording.state) == (len(content), "uploading")
    late = Recording.objects.get(pk=recording.pk)
    for _ in range(2):
        assert take(recording, len(content), BytesIO(b"").read).state == "ready"
    assert finish(late).state == "ready"
    delete(recording, "sender")
    with pytest.raises(RecordingGone):
        finish(late)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (b"<html><script>alert(1)</script></html>", "recording.webm", "audio/webm"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "memo.mp3", "audio/mpeg"),
        (MP4, "recording.webm", "video/webm"),
        (WEBM, "memo.wav", "audio/wav"),
        (b"MZ" + bytes(90), "a.mp4", "video/mp4"),
    ],
)
def test_a_file_that_is_not_what_it_says_leaves_nothing(
    feedback: Feedback,
    content: bytes,
    name: str,
    media_type: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    before = names()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RecordingNotWhatItSays):
        recorded(feedback, content, name, media_type)
    assert not Recording.objects.exists()
    assert names() == before


@pytest.mark.parametrize(
    ("content", "name", "kind", "served"),
    [(MP4, "a.mp4", "video", "video/mp4"), (MP4, "a.m4a", "voice", "audio/mp4"), (WAV, "a.wav", "voice", "audio/wav")],
)
def test_other_containers_are_served_as_what_they_are(
    feedback: Feedback, content: bytes, name: str, kind: str, served: str
) -> None:
    recording = recorded(feedback, content, name, "")
    assert (recording.kind, recording.media_type) == (kind, served)
    assert b"".join(store().pieces(recording.stored_as)) == content


def test_what_is_not_taken_is_refused_before_a_byte_is_sent(feedback: Feedback) -> None:
    me = feedback.author
    for size, name, milliseconds, refusal in (
        (2 << 30, "a.mp4", 1_000, RecordingTooLarge),
        (LARGEST + 1, "a.mp4", 1_000, RecordingTooLarge),
        (0, "a.mp4", 1_000, RecordingEmpty),
        (10, "a.mp4", 304_000, RecordingTooLong),
        (10, "a.svg", 1_000, RecordingTypeNotTaken),
        (10, "a.html", 1_000, RecordingTypeNotTaken),
    ):
        with pytest.raises(refusal) as refused:
            begin(feedback, me, name, size, milliseconds)
        assert "%(" not in str(refused.value) + refused.value.advice()
    assert not Recording.objects.exists()
    assert begin(feedback, me, "a.mp4", LARGEST, 303_000).state == "uploading"


def test_a_feedback_carries_three(feedback: Feedback) -> None:
    for _ in range(3):
        recorded(feedback)
    with pytest.raises(TooManyRecordings):
        begun(feedback, sound())


def test_what_was_begun_in_parallel_does_not_exceed_three(feedback: Feedback) -> None:
    content = sound()
    waiting = [begun(feedback, content) for _ in range(4)]
    for recording in waiting[:3]:
        take(recording, 0, BytesIO(content).read)
    with pytest.raises(TooManyRecordings):
        take(waiting[3], 0, BytesIO(content).read)
    assert feedback.recordings.filter(state="ready").count() == 3


def test_sent_feedback_stays_as_it_was_sent(feedback: Feedback) -> None:
    content = sound()
    waiting = begun(feedback, content)
    send(feedback)
    with pytest.raises(FeedbackIsSent):
        begun(feedback, content)
    before = names()
    with pytest.raises(FeedbackIsSent):
        take(waiting, 0, BytesIO(content).read)
    assert len(names() - before) == 1  # The piece; its upload is let go a few days later.
    assert not Recording.objects.filter(state="ready").exists()


def test_letting_go_of_an_upload_takes_its_pieces_along(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before, content = names(), sound()
    recording = take(begun(feedback, content), 0, BytesIO(content[:100]).read)
    with django_capture_on_commit_callbacks(execute=True):
        drop(recording)
    assert names() == before
    ready = recorded(feedback)
    drop(ready)
    assert Recording.objects.filter(pk=ready.pk).exists()


def test_what_never_arrives_does_not_fill_the_store(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    before = names()
    with django_capture_on_commit_callbacks(execute=True):
        first = begun(feedback, sound())
        take(first, 0, BytesIO(sound()[:1_000]).read)
        for _ in range(MOST_ON_THEIR_WAY):
            begun(feedback, sound())
    assert Recording.objects.count() == MOST_ON_THEIR_WAY
    assert not Recording.objects.filter(pk=first.pk).exists()
    assert names() == before


def test_what_nobody_else_may_read_has_a_bound(
    feedback: Feedback, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    ready, other = recorded(feedback), draft(feedback.author, feedback.receiver)
    size = ready.size
    with patch.object(uploading, "MOST_UNSENT", 4 * size):
        withdrawn = draft(feedback.author, feedback.receiver)
        recorded(withdrawn)
        send(withdrawn)
        begin(other, other.author, "a.mp4", 2 * size, 0)
        withdraw(withdrawn)
        with pytest.raises(RecordingsUnsentFull):
            begin(other, other.author, "a.mp4", 10, 0)
        with django_capture_on_commit_callbacks(execute=True):
            throw_away(feedback)
        assert ready.stored_as not in names()
        assert begin(other, other.author, "a.mp4", size, 0).state == "uploading"
    with patch.object(uploading, "MOST_KEPT", 2 * size), pytest.raises(RecordingsFull):
        begin(other, other.author, "a.mp4", 10, 0)
