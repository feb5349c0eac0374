"""Where brought-in files are kept: under ACCORD_HOME/files, by names of the product's own, closed to other accounts."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.core.files.storage import default_storage

_FOLDER = "imports"
_PIECE = 1 << 20
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Kept(NamedTuple):
    """A stored file: its name in the store and the SHA-256 of its content."""

    stored_as: str
    digest: str


def keep(pieces: Iterable[bytes], file_name: str, folder: str = _FOLDER) -> Kept:
    """Store a file that arrives in pieces; its own name decides nothing but the suffix."""
    suffix = Path(file_name).suffix.lower()
    stored_as = new_name(suffix if _SUFFIX.fullmatch(suffix) else "", folder)
    digest = hashlib.sha256()
    with os.fdopen(os.open(path_of(stored_as), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for piece in pieces:
            digest.update(piece)
            stream.write(piece)
    return Kept(stored_as, digest.hexdigest())


def pieces_of(path: Path) -> Iterator[bytes]:
    """The content of a file on this machine, piece by piece."""
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def new_name(suffix: str, folder: str = _FOLDER) -> str:
    """A fresh name in the store that nobody can guess."""
    path_of(folder).mkdir(parents=True, exist_ok=True, mode=0o700)
    return f"{folder}/{secrets.token_hex(16)}{suffix}"


def path_of(stored_as: str) -> Path:
    """Where a stored file lies. Raises SuspiciousFileOperation for a name outside the store."""
    return Path(default_storage.path(stored_as))


def shown_name(file_name: str) -> str:
    """The sender's file name as it may be shown: without folders and control characters, at most 200 characters."""
    name = _UNPRINTABLE.sub("", file_name.replace("\\", "/").rpartition("/")[2]).strip()
    return f"…{name[-199:]}" if len(name) > 200 else name or "file"
