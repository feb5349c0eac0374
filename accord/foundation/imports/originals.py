"""The rows of a stored file as they were, each to be found by its number in milliseconds."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from accord.foundation.imports.errors import RowGone
from accord.foundation.imports.files import path_of
from accord.foundation.imports.kinds import import_kind
from accord.foundation.models import ImportRun
from accord.foundation.spreadsheets import Sheet, read_sheet

_GROUP = 8_192
_HEADER_ROW = 0


def keep_rows(run: ImportRun, sheet: Sheet) -> None:
    """Lay the rows of a loaded file down in columns, ordered by row number, with the headers as row 0."""
    width = sheet.raw.width - 1
    cells = [*sheet.headers, *[""] * width][:width]
    header = pl.DataFrame([[_HEADER_ROW, *cells]], schema=sheet.raw.schema, orient="row")
    path = _path(run)
    draft = path.with_suffix(".draft")
    pl.concat([header, sheet.raw]).write_parquet(draft, compression="zstd", row_group_size=_GROUP, statistics=True)
    draft.chmod(0o600)
    draft.replace(path)


def open_run_row(run: ImportRun, row: int) -> dict[str, str]:
    """The original row number `row` (as a person counts) of the file of `run`: header → cell as text, empty ones too.

    Columns without a header are named by their letter. Raises RowGone when there is no such row or no file any more.
    """
    try:
        rows = _rows(run, row)
    except (FileNotFoundError, pl.exceptions.ComputeError) as error:
        raise RowGone(row=row, file=run.file_name) from error
    if rows.height < 2 or row <= _HEADER_ROW:
        raise RowGone(row=row, file=run.file_name)
    headers, cells = rows.drop("row").rows()
    named: dict[str, str] = {}
    for position, (header, cell) in enumerate(zip(headers, cells, strict=True)):
        letter = column_letter(position)
        name = header or letter
        named[name if name not in named else f"{name} ({letter})"] = cell or ""
    return named


def _rows(run: ImportRun, row: int) -> pl.DataFrame:
    """The header and the wanted row, in this order."""
    if not _path(run).exists():
        keep_rows(run, read_sheet(path_of(run.stored_as), import_kind(run.kind).load_columns(), run.file_name))
    wanted = pl.col("row").is_in([_HEADER_ROW, row])
    return pl.scan_parquet(_path(run)).filter(wanted).sort("row").collect()


def _path(run: ImportRun) -> Path:
    return path_of(f"{run.stored_as}.parquet")


def column_letter(position: int) -> str:
    """The letter a spreadsheet shows above a column: 0 → A, 27 → AB."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
