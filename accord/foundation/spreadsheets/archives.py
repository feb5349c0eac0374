"""Opening a workbook's zip archive: its directory is judged before anything is unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.errors import (
    DamagedFile,
    DangerousFile,
    MisleadingFileType,
    OldOrLockedWorkbook,
    TooLarge,
)

_OLE = b"\xd0\xcf\x11\xe0"
_END = struct.Struct("<4s4H2LH")
_END_MARK, _ZIP64_MARK = b"PK\x05\x06", b"PK\x06\x07"
_PIECE = 1 << 20


class Archive:
    """A workbook that was found harmless. Use as a context manager. `file` is its name for messages."""

    def __init__(self, path: Path, file: str) -> None:
        self.file = file
        _judge_file(path, file)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise DamagedFile(file=file, found=str(error)) from error
        self._names = {entry.filename.lower().lstrip("/"): entry for entry in self._zip.infolist()}
        _judge_entries(list(self._names.values()), file)

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._names

    def pieces(self, name: str) -> Iterator[bytes]:
        """The content of one part, piece by piece, never more than its declared size."""
        try:
            with self._zip.open(self._names[name.lower()]) as part:
                while piece := part.read(_PIECE):
                    yield piece
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, zlib.error) as error:
            raise DamagedFile(file=self.file, found=f"{name}: {error}") from error


def _judge_file(path: Path, file: str) -> None:
    size = path.stat().st_size
    if size > limits.WORKBOOK_BYTES:
        raise TooLarge(file=file, found=size // limits.MIB, limit=limits.WORKBOOK_BYTES // limits.MIB)
    with path.open("rb") as stream:
        beginning = stream.read(4)
        stream.seek(max(0, size - 65_557))
        ending = stream.read()
    if beginning == _OLE:
        raise OldOrLockedWorkbook(file=file)
    if beginning[:2] != b"PK":
        raise MisleadingFileType(file=file, claimed=path.suffix)
    _judge_directory(ending, file)


def _judge_directory(ending: bytes, file: str) -> None:
    """Look at the end record, so that a directory of a million entries is not even read."""
    at = ending.rfind(_END_MARK)
    if at < 0 or len(ending) - at < _END.size:
        raise DamagedFile(file=file, found="the end of the archive is missing")
    _, _, _, _, entries, size, _, _ = _END.unpack_from(ending, at)
    if _ZIP64_MARK in ending[max(0, at - 20) : at]:
        raise DangerousFile(file=file, found="zip64 directory")
    if entries > limits.ARCHIVE_ENTRIES or size > limits.DIRECTORY_BYTES:
        raise DangerousFile(file=file, found=f"{entries} entries, {size} bytes")


def _judge_entries(entries: list[zipfile.ZipInfo], file: str) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if len(entries) > limits.ARCHIVE_ENTRIES:
        raise DangerousFile(file=file, found=f"{len(entries)} entries")
    if unpacked > limits.UNPACKED_BYTES:
        raise TooLarge(file=file, found=unpacked // limits.MIB, limit=limits.UNPACKED_BYTES // limits.MIB)
    if unpacked > limits.RATIO_FROM_BYTES and unpacked > packed * limits.RATIO:
        raise DangerousFile(file=file, found=f"1 : {unpacked // packed}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise OldOrLockedWorkbook(file=file)
    if any(
        entry.filename.lower().endswith((".zip", ".xlsx")) and "embeddings" not in entry.filename for entry in entries
    ):
        raise DangerousFile(file=file, found="an archive inside the archive")
