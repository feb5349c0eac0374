"""Writing the archive into a folder that can be checked without Accord."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from django.utils import timezone

from accord.domain.transparency.heads import digest_of_head, signed
from accord.domain.transparency.records import VERSION, moment
from accord.workflow import verify_archive
from accord.workflow.errors.archive import FolderNotEmpty, FolderUnusable, NothingSealed
from accord.workflow.models import ArchiveKey
from accord.workflow.queries.archive.lines import head_lines, key_lines, record_lines
from accord.workflow.services.archive.keys import private_half
from accord.workflow.services.archive.sealing import seal

VERIFIER = Path(verify_archive.__file__)


def export_to(folder: Path) -> int:
    """Seal what waits, and write the whole archive with its verifier into `folder`; return the number of records.

    Raises FolderNotEmpty, FolderUnusable, NothingSealed, KeyMissing.
    """
    seal()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise FolderNotEmpty(folder=folder)
        return _write(folder)
    except OSError as error:
        raise FolderUnusable(folder=folder, reason=error.strerror) from error


def _write(folder: Path) -> int:
    files: dict[str, dict[str, object]] = {}
    with ExitStack() as stack:
        records, payloads, leaves = (
            stack.enter_context(_File(folder / name, files))
            for name in ("records.jsonl", "payloads.jsonl", "leaves.txt")
        )
        size = 0
        for line in record_lines():
            records.write(line.record)
            payloads.write(line.payload)
            leaves.write(line.leaf.hex().encode() + b"\n")
            size = line.seq
    if not size:
        raise NothingSealed
    head = _copy(folder / "heads.jsonl", (line for _, line in head_lines(size)), files)
    _copy(folder / "keys.jsonl", key_lines(size), files)
    _copy(folder / VERIFIER.name, [VERIFIER.read_bytes()], files)
    _sign_manifest(folder / "manifest.json", head.decode().rstrip("\n"), size, files)
    return size


def _copy(path: Path, lines: Iterable[bytes], files: dict[str, dict[str, object]]) -> bytes:
    """Write a file; return its last line."""
    line = b""
    with _File(path, files) as file:
        for line in lines:
            file.write(line)
    return line


def _sign_manifest(path: Path, head: str, size: int, files: dict[str, dict[str, object]]) -> None:
    told = json.loads(head)
    manifest = {
        "v": VERSION,
        "log": told["log"],
        "size": size,
        "head": digest_of_head(head),
        "key": told["key"],
        "made_at": moment(timezone.now()),
        "files": files,
    }
    path.write_text(signed(manifest, private_half(ArchiveKey.objects.get(key=told["key"]))) + "\n", encoding="utf-8")


class _File:
    """A file that is written once, with its size and digest for the manifest."""

    def __init__(self, path: Path, files: dict[str, dict[str, object]]) -> None:
        self._file, self._name, self._files = path.open("wb", 1 << 20), path.name, files
        self._digest, self._size = hashlib.sha256(), 0

    def __enter__(self) -> _File:
        return self

    def write(self, line: bytes) -> None:
        self._file.write(line)
        self._digest.update(line)
        self._size += len(line)

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._files[self._name] = {"size": self._size, "sha256": self._digest.hexdigest()}
