"""Bringing a recording in, so that a lost connection costs the piece that was on its way and no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, Sum

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
from accord.coaching.services.feedback.holding import hold_draft
from accord.coaching.services.recordings.store import Digested, joined, new_name, store
from accord.domain.recordings.containers import CONTAINERS, HEAD, WEBM, claim_of, container_in
from accord.domain.recordings.webm import with_length
from accord.foundation.clock import organisation_day
from accord.foundation.imports.files import shown_name
from accord.people.models import Employee

MIB = 1 << 20
LARGEST = 200 * MIB
PIECE = 4 * MIB
# Even on a bad line most pieces are whole; nobody fills the disk with crumbs.
MOST_PIECES = 1_000
_AT_ONCE = 1 << 16
LONGEST = timedelta(minutes=5)
# A recorder stops at the longest; until it has stopped a little passes.
_GRACE = timedelta(seconds=3)
MOST = 3
# So many of one sender are on their way at once; the one begun first gives way.
MOST_ON_THEIR_WAY = 6
# What one sender has on its way and in feedback that nobody else may read: as much as one feedback carries.
MOST_UNSENT = MOST * LARGEST
# What one sender has altogether, until a recording's time is over: a year of a voice message a day is a third of it.
MOST_KEPT = 3_000 * MIB
State, SENT = Recording.State, Feedback.State.SENT


@transaction.atomic
def begin(
    feedback: Feedback, owner: Employee, file_name: str, size: int, milliseconds: int, media_type: str = ""
) -> Recording:
    """Make room for a recording of a draft; `size` is in bytes; name and type are what the sender claims.

    Raises FeedbackIsSent, TooManyRecordings, RecordingsUnsentFull, RecordingsFull, RecordingTypeNotTaken,
    RecordingTooLarge, RecordingTooLong or RecordingEmpty.
    """
    claimed = claim_of(file_name, media_type)
    if claimed is None:
        raise RecordingTypeNotTaken(file=shown_name(file_name))
    if size > LARGEST:
        raise RecordingTooLarge(size=-(-size // MIB), most=LARGEST // MIB)
    if size <= 0:
        raise RecordingEmpty
    if milliseconds > (LONGEST + _GRACE) / timedelta(milliseconds=1):
        raise RecordingTooLong(most=LONGEST // timedelta(minutes=1))
    if not hold_draft(Feedback.objects.filter(pk=feedback.pk)):
        raise FeedbackIsSent
    _require_room(feedback)
    _make_way(owner)
    _require_space(owner, size)
    container, kind = claimed
    return Recording.objects.create(
        owner=owner,
        feedback=feedback,
        kind=kind,
        container=container,
        size=size,
        milliseconds=max(milliseconds, 0),
        keep_until=organisation_day() + timedelta(days=settings.RECORDING_DAYS),
    )


def take(recording: Recording, start: int, read: Callable[[int], bytes]) -> Recording:
    """Keep what follows what was received so far, as far as `read` gives it; the last piece finishes the recording.

    Of two senders of the same place one wins. Raises PieceOutOfPlace, RecordingGone, UploadNotUnderstood where it
    comes in crumbs, or what `finish` raises.
    """
    if start != recording.received:
        raise PieceOutOfPlace
    if recording.state == State.READY:
        # The answer to the last piece was lost, and its sender asks again.
        return recording
    is_open = True
    while is_open and (room := min(PIECE, recording.size - start)):
        piece = _piece(read, room)
        is_open = len(piece) == room
        if piece:
            _add_piece(recording, start, piece)
            start += len(piece)
    recording = _as_it_stands(recording)
    return finish(recording) if recording.received == recording.size else recording


def _piece(read: Callable[[int], bytes], room: int) -> bytes:
    """As much as there is room for. Where the connection breaks, what has come is kept."""
    parts: list[bytes] = []
    with suppress(OSError):
        while room and (part := read(min(room, _AT_ONCE))):
            parts.append(part)
            room -= len(part)
    return b"".join(parts)


def _add_piece(recording: Recording, start: int, piece: bytes) -> None:
    name = new_name()
    store().put(name, piece)
    try:
        _claim_place(recording, start, len(piece), name)
    except Exception:
        store().let_go([name])
        raise


@transaction.atomic
def _claim_place(recording: Recording, start: int, size: int, name: str) -> None:
    here = Recording.objects.filter(pk=recording.pk, state=State.UPLOADING, received=start)
    if not here.update(received=start + size):
        raise PieceOutOfPlace
    if recording.pieces.count() >= MOST_PIECES:
        raise UploadNotUnderstood(reason=f"> {MOST_PIECES} × PATCH")
    RecordingPiece.objects.create(recording=recording, start=start, size=size, stored_as=name)


def finish(recording: Recording) -> Recording:
    """Put the pieces together, after a look at what they are. A crash in between is made good by asking again.

    Of two who finish at once one does, and both have the same recording. Raises RecordingNotWhatItSays, and keeps
    nothing of it; FeedbackIsSent or TooManyRecordings where that happened meanwhile; RecordingGone.
    """
    if recording.state == State.READY:
        return recording
    try:
        _put_together(recording)
    except (FileNotFoundError, PieceOutOfPlace, TooManyRecordings):
        # Its pieces are taken away, and its place counted, as soon as somebody else has finished it.
        if _as_it_stands(recording).state != State.READY:
            raise
    return _as_it_stands(recording)


def _put_together(recording: Recording) -> None:
    names = list(recording.pieces.order_by("start").values_list("stored_as", flat=True))
    pieces = chain.from_iterable(map(store().pieces, names))
    if not names:
        raise PieceOutOfPlace
    head = _head(pieces)
    media_type = CONTAINERS[recording.container].media_type(recording.kind)
    if media_type is None or container_in(head) != recording.container:
        drop(recording)
        raise RecordingNotWhatItSays(type=recording.container.upper())
    if recording.container == WEBM:
        head = with_length(head, recording.milliseconds)
    name, whole = new_name(), Digested(chain([head], pieces))
    store().put(name, joined(whole))
    try:
        _settle(recording, name, whole, media_type, names)
    except Exception:
        store().let_go([name])
        raise


def _as_it_stands(recording: Recording) -> Recording:
    """The row as it is now. Raises RecordingGone where it was let go, or deleted, meanwhile."""
    there = Recording.objects.select_related("owner__user").exclude(state=State.DELETED)
    now = there.filter(pk=recording.pk).first()
    if now is None:
        raise RecordingGone
    return now


@transaction.atomic
def _settle(recording: Recording, name: str, whole: Digested, media_type: str, names: list[str]) -> None:
    if not hold_draft(Feedback.objects.filter(pk=recording.feedback_id)):
        raise FeedbackIsSent
    _require_room(recording.feedback)
    written = {"size": whole.size, "digest": whole.digest, "media_type": media_type}
    waiting = Recording.objects.filter(pk=recording.pk, state=State.UPLOADING)
    if not waiting.update(state=State.READY, stored_as=name, **written):
        raise PieceOutOfPlace
    recording.pieces.all().delete()
    transaction.on_commit(partial(store().let_go, names))


@transaction.atomic
def drop(recording: Recording) -> None:
    """Let go of a recording that never arrived: its row and, once that is certain, its pieces."""
    names = list(recording.pieces.values_list("stored_as", flat=True))
    if Recording.objects.filter(pk=recording.pk, state=State.UPLOADING).delete()[0]:
        transaction.on_commit(partial(store().let_go, names))


def _require_room(feedback: Feedback) -> None:
    if feedback.recordings.filter(state=State.READY).count() >= MOST:
        raise TooManyRecordings(most=MOST)


def _make_way(owner: Employee) -> None:
    """Nobody fills the store with what never arrives."""
    on_their_way = Recording.objects.filter(owner=owner, state=State.UPLOADING).order_by("-pk")
    for recording in on_their_way[MOST_ON_THEIR_WAY - 1 :]:
        drop(recording)


def _require_space(owner: Employee, size: int) -> None:
    """Whoever begins another at the same moment waits for this write, and then counts this one too."""
    Employee.objects.filter(pk=owner.pk).update(status=F("status"))
    kept = Recording.objects.filter(owner=owner).exclude(state=State.DELETED)
    is_unsent = Q(state=State.UPLOADING) | ~Q(feedback__state=SENT)
    used = kept.aggregate(all=Sum("size", default=0), unsent=Sum("size", filter=is_unsent, default=0))
    if used["unsent"] + size > MOST_UNSENT:
        raise RecordingsUnsentFull(used=-(-used["unsent"] // MIB), most=MOST_UNSENT // MIB)
    if used["all"] + size > MOST_KEPT:
        raise RecordingsFull(used=-(-used["all"] // MIB), most=MOST_KEPT // MIB)


def _head(pieces: Iterator[bytes]) -> bytes:
    head = b""
    while len(head) < HEAD and (piece := next(pieces, b"")):
        head += piece
    return head
