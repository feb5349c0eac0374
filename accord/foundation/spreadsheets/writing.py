"""Writing tables that spreadsheet programs open without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from accord.foundation.spreadsheets.formulas import is_risky, protected

Cell = str | int | Decimal | date | None

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 32_767


def write_rows(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table to `path`, as .xlsx or as CSV in UTF-8 with byte order mark, by its suffix.

    No cell starts a formula, whatever it holds: in CSV an apostrophe stands before it, which `read_sheet` takes away
    again; in a workbook it is a text cell. Control characters are left out. Rows are taken one at a time.
    """
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path, headers, rows)
    else:
        _write_csv(path, headers, rows)


def _write_csv(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([protected(_text(header)) for header in headers])
        writer.writerows([protected(_text(cell)) for cell in row] for row in rows)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return _UNPRINTABLE.sub("", cell) if isinstance(cell, str) else str(cell)


def _write_workbook(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        sheet = workbook.add_worksheet()
        formats = {
            "header": workbook.add_format({"bold": True, "bottom": 1}),
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            # Keeps the cell a text even after somebody edits it.
            "text": workbook.add_format({"quote_prefix": True}),
        }
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headers) - 1, 0), 18)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, _text(header), formats["header"])
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write_cell(sheet, number, column, cell, formats)


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, (int, Decimal)) and len(Decimal(cell).normalize().as_tuple().digits) <= 15:
        sheet.write_number(row, column, cell)
    elif text := _text(cell)[:_LONGEST]:
        sheet.write_string(row, column, text, formats["text"] if is_risky(text) else None)
