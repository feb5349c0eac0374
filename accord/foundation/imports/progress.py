"""How far a run is, for those who watch it.

It is kept in a small file beside the stored one: the loading itself is one long transaction, and what it would write
into the database nobody else could see before the end.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import NamedTuple

from accord.foundation.imports.files import path_of
from accord.foundation.models import ImportRun

_SECONDS = 0.3


class Step(NamedTuple):
    """Rows done, rows in all (0: not known yet), and when that was, in seconds since the epoch (0: never)."""

    done: int = 0
    total: int = 0
    at: float = 0.0


class ProgressFile:
    """Callable as the `progress` of ImportOptions; writes at most a few times a second. A context manager."""

    def __init__(self, run: ImportRun) -> None:
        self._path = _path(run)
        self._next = 0.0

    def __enter__(self) -> ProgressFile:
        self(0, 0)
        return self

    def __exit__(self, *_: object) -> None:
        self._path.unlink(missing_ok=True)

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() >= self._next or done == total:
            self._next = time.monotonic() + _SECONDS
            draft = self._path.with_suffix(f".{os.getpid()}")
            draft.write_text(f"{done} {total}")
            draft.replace(self._path)


def progress_of(run: ImportRun) -> Step:
    """The last step of a run that is being checked or loaded."""
    path = _path(run)
    try:
        done, total = map(int, path.read_text().split())
        return Step(done, total, path.stat().st_mtime)
    except (FileNotFoundError, ValueError):
        return Step()


def _path(run: ImportRun) -> Path:
    return path_of(f"{run.stored_as}.progress")
