"""Two at once on one recording: one wins, the other gets the right answer, and nothing is mixed up or left over."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from threading import Barrier
from unittest.mock import patch

import pytest

from accord.coaching.errors.recordings import PieceOutOfPlace, RecordingsUnsentFull
from accord.coaching.models import Recording, RecordingPiece
from accord.coaching.services.recordings import uploading
from accord.coaching.services.recordings.store import Store, store
from accord.coaching.services.recordings.uploading import begin, take
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import WEBM, begun, sound
from accord.workflow.tests.test_documents import together
from tests.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
Reading = Callable[[int], bytes]


def meeting(content: bytes, gate: Barrier) -> Reading:
    """Read `content`, its first part only when everybody stands at the gate."""
    source, parts = BytesIO(content), iter((gate.wait,))

    def read(size: int) -> bytes:
        for wait in parts:
            wait(timeout=10)
        return source.read(size)

    return read


def test_two_windows_that_send_the_same_recording_make_one(cast: Cast) -> None:
    feedback, content = draft(cast.manager_li, cast.xiaozhang), sound(4_000)
    recording, before = begun(feedback, content), {name for name, _ in store().names()}
    with patch.object(uploading, "PIECE", 1_000):
        gate = Barrier(2)
        rows = [Recording.objects.get(pk=recording.pk) for _ in range(2)]
        whole = [lambda row=row: take(row, 0, meeting(content, gate)) for row in rows]
        assert all(isinstance(each, PieceOutOfPlace) for each in together(whole))
    # Where each was in the way of the other, one asks how far it has come and goes on from there.
    recording.refresh_from_db()
    if recording.state != "ready":
        take(recording, recording.received, BytesIO(content[recording.received :]).read)
        recording.refresh_from_db()
    assert b"".join(store().pieces(recording.stored_as)).endswith(content[len(WEBM) :])
    assert {name for name, _ in store().names()} - before == {recording.stored_as}
    assert not RecordingPiece.objects.exists()


def test_two_who_finish_at_once_both_hear_that_it_is_there(cast: Cast) -> None:
    feedback, content = draft(cast.manager_li, cast.xiaozhang), sound()
    recording = begun(feedback, content)
    with patch.object(uploading, "finish", side_effect=MemoryError), pytest.raises(MemoryError):
        take(recording, 0, BytesIO(content).read)
    gate, put = Barrier(2), Store.put

    def slow(self: Store, name: str, pieces: object) -> None:
        put(self, name, pieces)  # type: ignore[arg-type]
        gate.wait(timeout=10)

    ends: list[Recording] = []
    rows = [Recording.objects.get(pk=recording.pk) for _ in range(2)]
    with patch.object(Store, "put", slow):
        assert not together([lambda row=row: ends.append(take(row, len(content), BytesIO().read)) for row in rows])
    assert [each.state for each in ends] == ["ready"] * 2
    assert ends[0].stored_as == ends[1].stored_as
    assert b"".join(store().pieces(ends[0].stored_as)).endswith(content[len(WEBM) :])


def test_of_two_begun_at_once_one_has_room(cast: Cast) -> None:
    drafts = [draft(cast.manager_li, cast.xiaozhang) for _ in range(2)]
    with patch.object(uploading, "MOST_UNSENT", 1_500):
        [refused] = together([lambda one=one: begin(one, one.author, "a.mp4", 1_000, 0) for one in drafts])
    assert isinstance(refused, RecordingsUnsentFull)
    assert Recording.objects.count() == 1
