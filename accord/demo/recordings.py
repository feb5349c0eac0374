"""A voice message that 李明 added to a feedback: a short chime in place of a voice, made from a formula."""

from __future__ import annotations

import math
import struct
from io import BytesIO

from accord.coaching.models import Feedback
from accord.coaching.services.recordings.keeping import describe
from accord.coaching.services.recordings.uploading import begin, take

_RATE = 8_000
_NOTES = ((523.25, 0.0), (659.25, 0.5), (783.99, 1.0))
_SECONDS = 4
_SUMMARY = "谢谢你把退货原因讲清楚，补充一点我当时没写进来的。"
_CAPTIONS = """0:00 先谢谢你，退货原因那一页讲得很清楚。
0:02 下次可以把尺码那一条放在最前面。"""


def add_voice(draft: Feedback) -> None:
    """Put a voice message with its words to a draft."""
    content = _chime()
    begun = begin(draft, draft.author, "memo.wav", len(content), _SECONDS * 1_000, "audio/wav")
    recording = take(begun, 0, BytesIO(content).read)
    describe(recording, _CAPTIONS, _SUMMARY)


def _chime() -> bytes:
    """Three notes that fade, as a WAV file of one channel with 16 bits."""
    samples = b"".join(struct.pack("<h", round(_level(place / _RATE) * 8_000)) for place in range(_SECONDS * _RATE))
    about = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, _RATE * 2, 2, 16)
    body = b"WAVE" + about + struct.pack("<4sI", b"data", len(samples)) + samples
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def _level(at: float) -> float:
    since = ((pitch, at - begins) for pitch, begins in _NOTES if at >= begins)
    return sum(math.sin(2 * math.pi * pitch * passed) * math.exp(-2 * passed) for pitch, passed in since)
