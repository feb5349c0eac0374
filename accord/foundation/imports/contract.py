"""What a kind of import gets and gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from accord.foundation.models import ImportRun, User
from accord.foundation.spreadsheets.remarks import Remark as Remark

Progress = Callable[[int, int], None]
"""Called with rows done and rows in all."""


def no_progress(done: int, total: int) -> None:
    """For callers that show none."""


@dataclass(frozen=True)
class ImportOptions:
    """How to import. `dry_run` tells what would happen and writes nothing; `values` are the kind's own options."""

    dry_run: bool = False
    actor: User | None = None
    run: ImportRun | None = None
    values: dict[str, str] = field(default_factory=dict)
    progress: Progress = no_progress


@dataclass(frozen=True)
class ImportResult:
    """Rows created, changed, left the same and refused, with a remark for each refused row and each warning.

    `preview` holds up to 200 lines "what would happen" for the dry run: row, what, before, after. What the reader of
    the file itself refuses (`Sheet.remarks`) is added by those who call the importer.
    """

    created: int = 0
    changed: int = 0
    same: int = 0
    refused: int = 0
    remarks: tuple[Remark, ...] = ()
    preview: tuple[dict[str, str], ...] = ()


class Importer(Protocol):
    """Reads a file, checks it, and takes every good row in one transaction: all or nothing on a crash.

    It may run inside a transaction of its caller, and must give the same result when run again.
    """

    def __call__(self, path: Path, options: ImportOptions) -> ImportResult: ...
