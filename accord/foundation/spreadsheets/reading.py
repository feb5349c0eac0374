"""Reading a table file into text columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Column:
    """A column the reader knows: `key` is its name in the frame, `headers` what people write above it."""

    key: str
    headers: tuple[str, ...]
    required: bool = True


@dataclass(frozen=True)
class Sheet:
    """The rows of a file: one text column per Column found (trimmed, NFKC; empty is null), and `row`, the row number as
    a person counts it in the file (the header is row 1). `raw` has the file's own columns for the refused rows.
    """

    frame: pl.DataFrame
    raw: pl.DataFrame
    found: frozenset[str]


def read_sheet(path: Path, columns: Sequence[Column]) -> Sheet:
    """Read the first table of an .xlsx, .csv or .tsv file. Columns may stand in any order; `raw` keeps unknown ones.

    Raises a BusinessError (accord.foundation.spreadsheets.errors) for an empty, unreadable, oversized or dangerous
    file, and for required headers that are missing or doubled.
    """
    raise RuntimeError("written by the slice `imports`")
