"""Writing tables that spreadsheet programs open without running anything."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from accord.foundation.spreadsheets.formulas import is_risky, protected

Cell = str | int | Decimal | date | None

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 32_767
_LONGEST_SHEET_NAME = 31


def write_rows(path: Path, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a table to `path`, as .xlsx or as CSV in UTF-8 with byte order mark, by its suffix.

    No cell starts a formula, whatever it holds: in CSV an apostrophe stands before it, which `read_sheet` takes away
    again; in a workbook it is a text cell. Control characters are left out. Rows are taken one at a time.
    """
    if path.suffix.lower() == ".xlsx":
        _write_workbook(path, headers, rows)
    else:
        _write_csv(path, headers, rows)


@dataclass(frozen=True)
class NamedRows:
    """One sheet of a workbook."""

    name: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def write_workbook(path: Path, sheets: Iterable[NamedRows]) -> None:
    """Write several sheets to an .xlsx file, as `write_rows` writes one. Names are made fit and unique."""
    with _workbook(path) as workbook:
        formats, taken = _formats(workbook), set[str]()
        for sheet in sheets:
            name = _sheet_name(sheet.name, taken)
            _write_sheet(workbook.add_worksheet(name), sheet.headers, sheet.rows, formats)


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """At most 31 characters without those that programs refuse, and like no other, whatever the capitals."""
    plain = _text(_NOT_IN_SHEET_NAMES.sub(" ", wanted)).strip(" '")[:_LONGEST_SHEET_NAME] or "1"
    name, number = plain, 2
    while name.casefold() in taken:
        ending = f" {number}"
        name, number = plain[: _LONGEST_SHEET_NAME - len(ending)] + ending, number + 1
    taken.add(name.casefold())
    return name


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
    with _workbook(path) as workbook:
        _write_sheet(workbook.add_worksheet(), headers, rows, _formats(workbook))


def _workbook(path: Path) -> Any:
    return xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})


def _formats(workbook: Any) -> dict[str, Any]:
    return {
        "header": workbook.add_format({"bold": True, "bottom": 1}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        # Keeps the cell a text even after somebody edits it.
        "text": workbook.add_format({"quote_prefix": True}),
    }


def _write_sheet(sheet: Any, headers: Sequence[str], rows: Iterable[Sequence[Cell]], formats: dict[str, Any]) -> None:
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
