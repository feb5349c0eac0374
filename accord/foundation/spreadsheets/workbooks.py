"""Reading .xlsx, streaming: memory follows the cells that hold something, not the size the file claims.

No reader library gives what people need here (the error cells, formulas without a value, percent and padded formats,
exact digits) without building the whole claimed rectangle first, so the parts are read with expat directly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import polars as pl

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.cells import iso_text, number_text, styled_text
from accord.foundation.spreadsheets.errors import DamagedFile, EmptyFile, TooLarge
from accord.foundation.spreadsheets.grids import FORMULA_MARK, Grid
from accord.foundation.spreadsheets.headers import find_header
from accord.foundation.spreadsheets.sheets import Column
from accord.foundation.spreadsheets.workbook_parts import (
    PLAIN,
    Attributes,
    SheetPart,
    Style,
    local,
    parse,
    read_shared_texts,
    read_styles,
    read_workbook,
    unescaped,
    xml_parser,
)

_FLUSH_ROWS = 20_000
# Blank formatted cells and rows, of which a sheet can claim millions.
_BLANK = re.compile(rb"<(?:c|row)\b[^<>]* r=[^<>]*/>|<c r=[^<>]*/>|<row r=[^<>]*/>")


class _EnoughRead(Exception):
    """The wanted rows are there."""


class Texts(NamedTuple):
    """What cells refer to."""

    shared: list[str]
    styles: list[Style]
    counts_from_1904: bool


def read_workbook_file(path: Path, file: str, columns: Sequence[Column]) -> Grid:
    """Read the first visible sheet with a header that fits `columns`; else the first with anything in it."""
    with Archive(path, file) as archive:
        workbook = read_workbook(archive)
        texts = Texts(
            read_shared_texts(archive, workbook.shared_texts) if workbook.shared_texts else [],
            read_styles(archive, workbook.styles) if workbook.styles else [],
            workbook.counts_from_1904,
        )
        scores = {sheet: _score(archive, sheet, texts, columns) for sheet in workbook.sheets}
        if not any(scores.values()):
            raise EmptyFile(file=file)
        best = max(scores, key=lambda sheet: scores[sheet])
        others = tuple(sheet.name for sheet in scores if sheet is not best and scores[sheet] >= scores[best] > 1)
        return Grid(SheetReader(archive, best, texts).read(), unread_sheets=others)


def _score(archive: Archive, sheet: SheetPart, texts: Texts, columns: Sequence[Column]) -> int:
    """0 for a blank sheet, 1 for one without any known header, more for each known one."""
    cells = SheetReader(archive, sheet, texts, last_row=limits.HEADER_ROWS).read()
    header = find_header(Grid(cells).head(), columns)
    return header.score + 1 if header else 0


class SheetReader:
    """Turns one worksheet part into a frame of texts, a few thousand rows at a time."""

    def __init__(self, archive: Archive, sheet: SheetPart, texts: Texts, last_row: int = limits.ROWS) -> None:
        self._archive, self._sheet, self._texts, self._last_row = archive, sheet, texts, last_row
        self._frames: list[pl.DataFrame] = []
        self._rows: list[int] = []
        self._columns: dict[int, list[str | None]] = {}
        self._characters = 0
        self._row = self._position = 0
        self._type = ""
        self._style = PLAIN
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_formula = False
        self._into: list[str] | None = None
        self._inside_reading = False

    def read(self) -> pl.DataFrame:
        parser = xml_parser(self._archive)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        try:
            parse(self._archive, self._sheet.part, parser, _without_blanks(self._archive.pieces(self._sheet.part)))
        except _EnoughRead:
            pass
        self._flush()
        return pl.concat(self._frames, how="diagonal") if self._frames else pl.DataFrame(schema={"row": pl.UInt32})

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._into = None if self._inside_reading else self._value
        elif name == "f":
            self._has_formula = True
            self._into = self._formula
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self._inside_reading = True
        elif ":" in name:
            self._start(local(name), attributes)

    def _end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "t", "f"):
            self._into = None
        elif name == "rPh":
            self._inside_reading = False
        elif ":" in name:
            self._end(local(name))

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        self._row = _whole(attributes.get("r"), self._row + 1)
        self._position = 0
        if self._row > self._last_row:
            if self._last_row < limits.ROWS:
                raise _EnoughRead
            raise TooLarge(file=self._archive.file, found=f"{self._row:,} rows", limit=f"{limits.ROWS:,} rows")
        if len(self._rows) >= _FLUSH_ROWS:
            self._flush()

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._position = _column_number(reference) if reference else self._position + 1
        self._type = attributes.get("t", "n")
        style = attributes.get("s")
        styles = self._texts.styles
        self._style = styles[int(style)] if style and style.isdigit() and int(style) < len(styles) else PLAIN
        self._value.clear()
        self._formula.clear()
        self._has_formula = False

    def _end_cell(self) -> None:
        value = "".join(self._value)
        text = (
            self._shown(value) if value else FORMULA_MARK + "=" + "".join(self._formula) if self._is_unvalued() else ""
        )
        if not text:
            return
        if len(text) > limits.CELL_CHARACTERS:
            where = f"{self._row}"
            raise TooLarge(
                file=self._archive.file,
                found=f"row {where}: {len(text):,} characters",
                limit=f"{limits.CELL_CHARACTERS:,} characters",
            )
        self._keep(text)

    def _is_unvalued(self) -> bool:
        # A text formula may well give an empty text; a number formula always has a value once it was calculated.
        return self._has_formula and self._type != "str"

    def _shown(self, value: str) -> str:
        kind = self._type
        if kind == "s":
            index = _whole(value, -1)
            if not 0 <= index < len(self._texts.shared):
                raise DamagedFile(file=self._archive.file, found=f"{self._sheet.name}, {self._row}")
            return self._texts.shared[index]
        if kind == "n":
            if self._style is PLAIN:
                return number_text(value)
            return styled_text(value, self._style, counts_from_1904=self._texts.counts_from_1904)
        if kind == "b":
            return "TRUE" if value.strip() == "1" else "FALSE"
        return iso_text(value) if kind == "d" else unescaped(value)

    def _keep(self, text: str) -> None:
        if not self._rows or self._rows[-1] != self._row:
            self._rows.append(self._row)
        if self._position > limits.COLUMNS:
            raise TooLarge(
                file=self._archive.file, found=f"{self._position} columns", limit=f"{limits.COLUMNS} columns"
            )
        self._characters += len(text)
        if self._characters > limits.TABLE_CHARACTERS:
            limit = f"{limits.TABLE_CHARACTERS >> 20} MB"
            raise TooLarge(file=self._archive.file, found=f"{self._characters >> 20} MB", limit=limit)
        column = self._columns.setdefault(self._position, [])
        column.extend([None] * (len(self._rows) - 1 - len(column)))
        column.append(text)

    def _flush(self) -> None:
        if not self._rows:
            return
        for column in self._columns.values():
            column.extend([None] * (len(self._rows) - len(column)))
        width = max(self._columns)
        blank: list[str | None] = [None] * len(self._rows)
        columns = [
            pl.Series(str(number), self._columns.get(number, blank), dtype=pl.String) for number in range(1, width + 1)
        ]
        self._frames.append(pl.DataFrame([pl.Series("row", self._rows, dtype=pl.UInt32), *columns]))
        self._rows, self._columns = [], {}


def _without_blanks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Drop blank cells and rows before the parser sees them; each piece is cut behind a tag."""
    rest = b""
    for piece in pieces:
        whole, mark, rest_of_piece = (rest + piece).rpartition(b">")
        rest = rest_of_piece
        yield _BLANK.sub(b"", whole + mark)
    yield rest


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.strip().isdigit() and len(text) <= 9 else otherwise


def _column_number(reference: str) -> int:
    """1 for `A7`, 28 for `AB7`."""
    number = 0
    for letter in islice(reference, 4):
        if not letter.isalpha():
            break
        number = number * 26 + (ord(letter) & 31)
    return number
