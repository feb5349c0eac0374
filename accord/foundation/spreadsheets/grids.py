"""A file's cells before anybody knows which row is the header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from accord.foundation.spreadsheets.headers import Line
from accord.foundation.spreadsheets.limits import HEADER_ROWS

# Stands before the text of a formula that has no stored value; a private character no keyboard types.
FORMULA_MARK = "\ue000"


@dataclass(frozen=True)
class Grid:
    """`cells` has `row` (as a person counts) and text columns `1`, `2`, …; blank rows may be left out.

    `surplus` are the rows with more cells than the widest of the first rows. `note` names a sheet that was not read.
    """

    cells: pl.DataFrame
    surplus: frozenset[int] = frozenset()
    unread_sheets: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return self.cells.width - 1

    def head(self) -> Sequence[Line]:
        """The first rows, among which the header stands."""
        first = self.cells.filter(pl.col("row") <= HEADER_ROWS)
        return [(row, cells) for row, *cells in first.iter_rows()]
