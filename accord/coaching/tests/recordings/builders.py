"""Recordings as a browser makes them: the head of a WebM stream, then sound that nobody listens to."""

from io import BytesIO

from accord.coaching.models import Feedback, Recording
from accord.coaching.services.recordings.uploading import begin, take

WEBM = (
    bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282847765626d4287810442858102")
    + bytes.fromhex("1853806701ffffffffffffff")
    + bytes.fromhex("1549a966872ad7b1830f4240")
)
MP4 = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2mp41" + bytes(64)
WAV = b"RIFF\x24\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + bytes(32)


def sound(size: int = 3_000) -> bytes:
    """A WebM stream of about `size` bytes, each place different from its neighbours."""
    return WEBM + bytes(place * 7 % 251 for place in range(size))


def begun(
    feedback: Feedback, content: bytes, name: str = "recording.webm", media_type: str = "audio/webm"
) -> Recording:
    """Room for a recording by the author of a draft."""
    return begin(feedback, feedback.author, name, len(content), 42_000, media_type)


def recorded(
    feedback: Feedback, content: bytes | None = None, name: str = "recording.webm", media_type: str = "audio/webm"
) -> Recording:
    """A recording that has arrived."""
    content = sound() if content is None else content
    return take(begun(feedback, content, name, media_type), 0, BytesIO(content).read)
