"""A table as the importers get it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accord.foundation.spreadsheets.remarks import Remark

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class Column:
    """A column the reader knows: `key` is its name in the frame, `headers` what people write above it.

    The first header in Chinese and the first in Latin letters stand in templates and messages of that language.
    """

    key: str
    headers: tuple[str, ...]
    required: bool = True

    def header_in(self, language: str) -> str:
        """The header to show to a reader of `language` (`zh-hans`, `en`)."""
        latin = [header for header in self.headers if header.isascii()]
        chinese = [header for header in self.headers if not header.isascii()]
        wanted, other = (chinese, latin) if language.startswith("zh") else (latin, chinese)
        return (wanted or other or [self.key])[0]


@dataclass(frozen=True)
class Sheet:
    """The rows of a file, all cells text as a person sees them.

    `frame` has `row`, the row number as a person counts it in the file (the first line is row 1), and one column per
    Column, named by its key: trimmed, NFKC, empty is null; a column the file has not is null throughout. Blank rows
    and rows that `remarks` refuse are left out. `raw` has `row` and the file's own columns `1`, `2`, … for every row
    that is not blank, headed by `headers`. `found` are the keys of the columns that the file has. `remarks` is what
    the reader itself refuses (error cells, formulas without a value, surplus cells) or warns of; who runs an importer
    adds them to what it says.
    """

    frame: pl.DataFrame
    raw: pl.DataFrame
    found: frozenset[str]
    headers: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
