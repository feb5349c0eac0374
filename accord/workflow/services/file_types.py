"""What a file really is. Its name only says what it wants to be; whether that is true is read from its content."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import puremagic
from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text

HEAD = 4_096
"""Bytes that tell the type of most files."""

_MOST_MEMBERS = 20_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")

FAMILIES: dict[str, Text] = {
    "image": _("pictures"),
    "pdf": _("PDF"),
    "office": _("documents, spreadsheets and slides"),
    "audio": _("sound"),
    "video": _("video"),
}


@dataclass(frozen=True)
class FileType:
    """A type that is taken. `is_true` reads a stored file; `shown_inline` are safe pictures."""

    family: str
    media_type: str
    is_true: Callable[[Path], bool]
    shown_inline: bool = False


def _magic(*suffixes: str) -> Callable[[Path], bool]:
    """The likeliest reading of the first bytes is one of `suffixes`."""

    def is_true(path: Path) -> bool:
        try:
            found = puremagic.magic_string(_head(path))
        except (puremagic.PureError, ValueError):
            return False
        surest = max(match.confidence for match in found)
        return any(match.extension in suffixes for match in found if match.confidence == surest)

    return is_true


def _office(folder: str) -> Callable[[Path], bool]:
    return lambda path: _members(path) >= {"[Content_Types].xml", folder}


def _open_document(media_type: str) -> Callable[[Path], bool]:
    # The format asks for its type as the first member, stored unpacked, so that it stands at a fixed place.
    return lambda path: _head(path)[30:].startswith(b"mimetype" + media_type.encode())


def _ole(stream: str) -> Callable[[Path], bool]:
    name = stream.encode("utf-16-le")
    return lambda path: _head(path).startswith(_OLE) and name in path.read_bytes()


_VENDOR = "application/vnd.openxmlformats-officedocument"
_OASIS = "application/vnd.oasis.opendocument"
_PICTURE = {
    "png": ("image/png", _magic(".png")),
    "jpg": ("image/jpeg", _magic(".jpg")),
    "jpeg": ("image/jpeg", _magic(".jpg")),
    "gif": ("image/gif", _magic(".gif")),
    "webp": ("image/webp", _magic(".webp")),
}
_OFFICE = {
    "docx": (f"{_VENDOR}.wordprocessingml.document", _office("word/")),
    "xlsx": (f"{_VENDOR}.spreadsheetml.sheet", _office("xl/")),
    "pptx": (f"{_VENDOR}.presentationml.presentation", _office("ppt/")),
    "doc": ("application/msword", _ole("WordDocument")),
    "xls": ("application/vnd.ms-excel", _ole("Workbook")),
    "ppt": ("application/vnd.ms-powerpoint", _ole("PowerPoint Document")),
    "odt": (f"{_OASIS}.text", _open_document(f"{_OASIS}.text")),
    "ods": (f"{_OASIS}.spreadsheet", _open_document(f"{_OASIS}.spreadsheet")),
    "odp": (f"{_OASIS}.presentation", _open_document(f"{_OASIS}.presentation")),
}
_AUDIO = {
    "mp3": ("audio/mpeg", _magic(".mp3", ".mpga")),
    "m4a": ("audio/mp4", _magic(".m4a", ".mp4")),
    "wav": ("audio/wav", _magic(".wav")),
    "ogg": ("audio/ogg", _magic(".ogg", ".oga", ".opus")),
}
_VIDEO = {
    "mp4": ("video/mp4", _magic(".mp4", ".m4v", ".3gp")),
    "mov": ("video/quicktime", _magic(".mov")),
    "webm": ("video/webm", _magic(".webm")),
}

TYPES: dict[str, FileType] = {
    **{suffix: FileType("image", *each, shown_inline=True) for suffix, each in _PICTURE.items()},
    "pdf": FileType("pdf", "application/pdf", _magic(".pdf")),
    **{suffix: FileType("office", *each) for suffix, each in _OFFICE.items()},
    **{suffix: FileType("audio", *each) for suffix, each in _AUDIO.items()},
    **{suffix: FileType("video", *each) for suffix, each in _VIDEO.items()},
}
"""By suffix. What is not here, such as HTML, SVG and programs, is never taken."""

INLINE = frozenset(each.media_type for each in TYPES.values() if each.shown_inline)


def type_named(file_name: str) -> FileType | None:
    """The type that a file's name claims, if it is one that is taken at all."""
    return TYPES.get(file_name.rpartition(".")[2].lower())


def suffixes_of(families: list[str]) -> list[str]:
    """The suffixes of some families, as a file field offers them."""
    return [f".{suffix}" for suffix, each in TYPES.items() if each.family in families]


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(HEAD)


def _members(path: Path) -> set[str]:
    """The members of a zip, with the folders they lie in. Nothing is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:_MOST_MEMBERS]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()
    return {*names, *(f"{name.split('/')[0]}/" for name in names if "/" in name)}
