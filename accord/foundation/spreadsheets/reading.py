"""Reading a table file into text columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from weakref import WeakValueDictionary

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.spreadsheets.delimited import read_delimited
from accord.foundation.spreadsheets.errors import EmptyFile, MisleadingFileType, UnknownFileType
from accord.foundation.spreadsheets.grids import FORMULA_MARK, Grid
from accord.foundation.spreadsheets.headers import Header, checked, find_header
from accord.foundation.spreadsheets.limits import CELL_CHARACTERS
from accord.foundation.spreadsheets.remarks import Remark
from accord.foundation.spreadsheets.sheets import Column, Sheet
from accord.foundation.spreadsheets.workbooks import read_workbook

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt")
SUFFIXES = WORKBOOK_SUFFIXES + _TEXT_SUFFIXES
# What spreadsheet programs show in a cell whose formula failed.
ERROR_CELLS = (
    "#N/A", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!",
)  # fmt: skip
# A file somebody still holds open as a Sheet is not read a second time.
_in_use: WeakValueDictionary[tuple[Path, int, tuple[Column, ...]], Sheet] = WeakValueDictionary()
_EDGE = " \t\r\n\v\f\u00a0\u3000\u200b\u2060\ufeff"


def read_sheet(path: Path, columns: Sequence[Column], name: str = "") -> Sheet:
    """Read the first table of an .xlsx, .csv or .tsv file. Columns may stand in any order; `raw` keeps unknown ones.

    `name` is what the sender called the file, for messages. Raises a BusinessError
    (accord.foundation.spreadsheets.errors) for an empty, unreadable, oversized or dangerous file, and for required
    headers that are missing or doubled.
    """
    key = (path, path.stat().st_mtime_ns, tuple(columns))
    sheet = _in_use.get(key)
    if sheet is None:
        sheet = _in_use[key] = _read(path, name or path.name, columns)
    return sheet


def _read(path: Path, file: str, columns: Sequence[Column]) -> Sheet:
    grid = _grid(path, file, columns)
    header = find_header(grid.head(), columns)
    if header is None:
        raise EmptyFile(file=file)
    positions = checked(header, columns, file)
    raw = _rows_below(grid, header)
    frame = _known(raw, columns, positions)
    remarks = [*_flaws(frame, grid.surplus), *_notes(frame, grid)]
    refused = [remark.row for remark in remarks if remark.is_refusal]
    if refused:
        frame = frame.filter(~pl.col("row").is_in(refused))
    return Sheet(frame, _without_marks(raw), frozenset(positions), header.cells, tuple(remarks))


def _grid(path: Path, file: str, columns: Sequence[Column]) -> Grid:
    if path.stat().st_size == 0:
        raise EmptyFile(file=file)
    suffix = path.suffix.lower()
    if suffix in WORKBOOK_SUFFIXES:
        return read_workbook(path, file, columns)
    if suffix in _TEXT_SUFFIXES:
        return read_delimited(path, file, columns)
    if suffix == ".xls":
        raise MisleadingFileType(file=file, claimed=".xls")
    raise UnknownFileType(file=file)


def _rows_below(grid: Grid, header: Header) -> pl.DataFrame:
    texts = pl.exclude("row")
    below = grid.cells.filter(pl.col("row") > header.row)
    if not grid.width:
        return below
    return below.filter(pl.any_horizontal(texts.str.strip_chars(_EDGE) != ""))


def _known(raw: pl.DataFrame, columns: Sequence[Column], positions: dict[str, int]) -> pl.DataFrame:
    names = {column.key: str(positions[column.key] + 1) for column in columns if column.key in positions}
    absent = pl.repeat(None, raw.height, dtype=pl.String, eager=True)
    # A column the file has not, or whose cells are all blank in a workbook, is there and empty.
    texts = [
        (_clean(raw[name]) if (name := names.get(column.key)) in raw.columns else absent).alias(column.key)
        for column in columns
    ]
    return raw.select("row").with_columns(texts)


def _clean(texts: pl.Series) -> pl.Series:
    """Trimmed, NFKC, empty is null."""
    texts = texts.str.strip_chars(_EDGE)
    # Most columns are plain ASCII, where normalising changes nothing and costs most.
    if texts.str.len_bytes().sum() != texts.str.len_chars().sum():
        texts = texts.str.normalize("NFKC").str.strip_chars(_EDGE)
    return texts.replace("", None)


def _flaws(frame: pl.DataFrame, surplus: frozenset[int]) -> list[Remark]:
    """What refuses a row before any importer sees it."""
    remarks = [
        Remark(
            row, "", "row_too_long", _("The row has more cells than the header; is a comma or quotation mark missing?")
        )
        for row in sorted(surplus.intersection(frame["row"]) if surplus else ())
    ]
    for key in frame.columns[1:]:
        text = pl.col(key)
        flawed = frame.filter(
            text.is_in(ERROR_CELLS) | text.str.starts_with(FORMULA_MARK) | (text.str.len_chars() > CELL_CHARACTERS)
        )
        remarks += [_flaw(row, key, cell) for row, cell in flawed.select("row", key).iter_rows()]
    return remarks


def _flaw(row: int, key: str, cell: str) -> Remark:
    if cell.startswith(FORMULA_MARK):
        return Remark(
            row, key, "formula_without_value", _("The cell holds a formula that was never calculated: %(text)s"),
            {"text": cell[1:60]},
        )  # fmt: skip
    if len(cell) > CELL_CHARACTERS:
        return Remark(
            row,
            key,
            "cell_too_long",
            _("The cell is longer than %(limit)s characters."),
            {"limit": str(CELL_CHARACTERS)},
        )
    return Remark(row, key, "error_cell", _("The cell shows the error %(text)s."), {"text": cell})


def _notes(frame: pl.DataFrame, grid: Grid) -> list[Remark]:
    notes = [
        Remark(
            0,
            "",
            "sheet_not_read",
            _("The sheet “%(sheet)s” was not read; a file brings in one sheet."),
            {"sheet": sheet},
            is_refusal=False,
        )
        for sheet in grid.unread_sheets
    ]
    if frame.is_empty():
        notes.append(Remark(0, "", "no_rows", _("There are no rows below the header."), is_refusal=False))
    return notes


def _without_marks(raw: pl.DataFrame) -> pl.DataFrame:
    return raw.with_columns(pl.exclude("row").str.strip_prefix(FORMULA_MARK)) if raw.width > 1 else raw
