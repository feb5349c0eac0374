"""An upload outlives its connection and its server, which is killed in the middle; nothing is left half-written."""

from __future__ import annotations

import hashlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import Popen

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accord.coaching.models import Recording, RecordingPiece
from accord.coaching.services.recordings.keeping import STRAY_WAITS, forget_strays
from accord.coaching.services.recordings.store import store
from accord.coaching.services.recordings.uploading import PIECE
from accord.coaching.tests.feedback.builders import draft
from accord.coaching.tests.recordings.builders import WEBM, begun
from tests.cast import Cast, client_of
from tests.processes import Start, start, wait_for

__all__ = ["start"]

CONTENT = WEBM + bytes(range(256)) * (12 << 12)
MARK = "m" * 32
SENT_AT_ONCE = 1 << 16


class Sender:
    """A browser that uploads to a real server, which may be killed and started anew."""

    def __init__(self, start: Start, cast: Cast, recording: Recording) -> None:
        self._start, self.address = start, reverse("coaching:recording_upload", args=[recording.pk])
        cookies = {each.key: each.value for each in client_of(cast.colleague).cookies.values()}
        cookies[settings.CSRF_COOKIE_NAME] = MARK
        self.told = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": MARK,
            "Tus-Resumable": "1.0.0",
            "Content-Type": "application/offset+octet-stream",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def serve(self) -> Popen[str]:
        """A server that answers."""
        server = self._start("-m", "accord", "serve", "--no-worker", "--workers", "1", "--port", str(self.port))
        wait_for(self.offset)
        return server

    def offset(self) -> str | None:
        """How far it has come, or None where nobody answers."""
        there = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            there.request("HEAD", self.address, headers=self.told)
            return there.getresponse().headers["Upload-Offset"]
        except (OSError, HTTPException):
            return None
        finally:
            there.close()

    def sending(self, first: int) -> Iterator[int]:
        """Send all that is missing, and say after each part how far it is."""
        there = HTTPConnection("127.0.0.1", self.port, timeout=20)
        there.putrequest("PATCH", self.address)
        for name, value in {**self.told, "Upload-Offset": first, "Content-Length": len(CONTENT) - first}.items():
            there.putheader(name, str(value))
        there.endheaders()
        try:
            for start in range(first, len(CONTENT), SENT_AT_ONCE):
                there.send(CONTENT[start : start + SENT_AT_ONCE])
                yield start
            assert there.getresponse().status == 204
        finally:
            there.close()


def test_an_upload_outlives_its_connection_and_its_server(start: Start, cast: Cast) -> None:
    recording, folder = begun(draft(cast.colleague, cast.xiaozhang), CONTENT), settings.ACCORD_RECORDINGS.folder
    sender = Sender(start, cast, recording)
    server = sender.serve()
    # The connection breaks in the second piece; what has come of that is kept too.
    broken = sender.sending(0)
    wait_for(lambda: next(broken) > PIECE)
    broken.close()
    wait_for(lambda: int(sender.offset() or 0) > PIECE)
    recording.refresh_from_db()
    # Everything is killed at the sight of a piece that is being written.
    unheard = sender.sending(recording.received)
    wait_for(lambda: next(unheard) >= recording.received + PIECE - SENT_AT_ONCE)
    end = time.monotonic() + 2
    while not half_written(folder) and time.monotonic() < end:
        continue
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    sender.serve()
    recording.refresh_from_db()
    assert sender.offset() == str(recording.received)
    assert recording.received > PIECE
    for _ in sender.sending(recording.received):
        continue
    recording.refresh_from_db()
    whole = b"".join(store().pieces(recording.stored_as))
    assert whole.endswith(CONTENT[len(WEBM) :])
    assert hashlib.sha256(whole).hexdigest() == recording.digest
    assert not RecordingPiece.objects.exists()
    forget_strays(timezone.now() + STRAY_WAITS + timedelta(minutes=1))
    assert [each.name for each in folder.iterdir()] == [recording.stored_as]


def half_written(folder: Path) -> bool:
    """Whether there is a file that is not whole yet."""
    return any("#" in name for name in os.listdir(folder))
