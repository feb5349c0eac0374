"""Which container a sound or video file really is, read from its first bytes. Nothing else is taken."""

from __future__ import annotations

from dataclasses import dataclass

HEAD = 4_096
"""As many first bytes tell every container that is taken."""

WEBM, MP4, OGG, MP3, WAV = "webm", "mp4", "ogg", "mp3", "wav"
VOICE, VIDEO = "voice", "video"

_EBML = bytes.fromhex("1a45dfa3")
# MPEG layer III, kilobits a second by the four bits of the header: version 1, then versions 2 and 2.5.
_RATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
_SAMPLES = (44_100, 48_000, 32_000)


@dataclass(frozen=True)
class Container:
    """A container that is taken: how it is served as voice, and as video where it can hold one."""

    voice: str
    video: str | None = None

    def media_type(self, kind: str) -> str | None:
        """The type it is served as, None for a video in what holds sound only."""
        return self.video if kind == VIDEO else self.voice


CONTAINERS = {
    WEBM: Container("audio/webm", "video/webm"),
    MP4: Container("audio/mp4", "video/mp4"),
    OGG: Container("audio/ogg"),
    MP3: Container("audio/mpeg"),
    WAV: Container("audio/wav"),
}
SUFFIXES = {
    "webm": WEBM,
    "mp4": MP4,
    "m4v": MP4,
    "m4a": MP4,
    "ogg": OGG,
    "oga": OGG,
    "opus": OGG,
    "mp3": MP3,
    "wav": WAV,
}
_VIDEO_SUFFIXES = frozenset({"webm", "mp4", "m4v"})


def claim_of(file_name: str, media_type: str = "") -> tuple[str, str] | None:
    """The container and the kind that a name claims, None for what is never taken.

    A name that could be either is a video, unless its sender's program says that it is sound.
    """
    suffix = file_name.rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        return None
    is_video = suffix in _VIDEO_SUFFIXES and not media_type.lower().startswith("audio/")
    return SUFFIXES[suffix], VIDEO if is_video else VOICE


def container_in(head: bytes) -> str | None:
    """The container that begins with these bytes, None for everything else."""
    if head.startswith(_EBML) and b"\x42\x82\x84webm" in head[:64]:
        return WEBM
    if head[4:8] == b"ftyp" and head[8:12] not in (b"heic", b"heif", b"mif1", b"avif", b"qt  "):
        return MP4
    if head.startswith(b"OggS\x00"):
        return OGG
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return WAV
    return MP3 if head.startswith(b"ID3") or _two_frames(head) else None


def _two_frames(head: bytes) -> bool:
    """One frame of MPEG sound may be chance; a second exactly where the first ends is not."""
    length = _frame_length(head)
    return length is not None and _frame_length(head[length:]) is not None


def _frame_length(head: bytes) -> int | None:
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return None
    version, rate, sampling = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or rate in (0, 15) or sampling == 3:
        return None
    is_first = version == 3
    samples = _SAMPLES[sampling] >> (0 if is_first else 2 if version == 0 else 1)
    kilobits = _RATES[0 if is_first else 1][rate]
    return (144 if is_first else 72) * kilobits * 1_000 // samples + (head[2] >> 1 & 1)
