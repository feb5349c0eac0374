"""Taking the cells out of a worksheet's XML, a few thousand at a time.

The rows that spreadsheet programs write have one shape, which one regular expression cuts apart many times faster than
a parser calls back. Whatever it does not account for to the last character goes through the parser instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from xml.parsers import expat

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.errors import DamagedFile, TooManyColumns, TooManyRows
from accord.foundation.spreadsheets.shared_texts import without_entities
from accord.foundation.spreadsheets.xml_parts import Attributes, local, xml_parser

_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]{1,9})")?>'
    r"(<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    r'(?:<v>([^<]*)</v>|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>'
)
_GROUPS = 7
_ROWS_ONLY = re.compile(r'(?:\s*<row r="[^<>]*>\s*</row>)*')
# Blank formatted cells and rows, of which a sheet can claim millions.
_BLANK = re.compile(rb'<(?:c|row) r="[^<>]*/>')
_ROW_END = b"</row>"
_DATA = b"<sheetData>"
_LONGEST_ROW = 8 * limits.MIB
_UTF8 = re.compile(rb'\s*<\?xml[^>]*encoding=["\']utf-8["\']', re.IGNORECASE)
_FORMULA = re.compile(r"<f[^>]*>([^<]*)</f>|<f[^>]*/>")


@dataclass
class Cells:
    """Cells that are not blank, side by side in lists: where each is and what the file says of it."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    styles: list[int] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    values: list[str | None] = field(default_factory=list)
    """None where there is no value, as in a formula that was never calculated."""
    formulas: list[str | None] = field(default_factory=list)


def sheet_cells(archive: Archive, part: str, last_row: int = limits.ROWS) -> Iterator[Cells]:
    """Yield the cells of a worksheet in order, up to `last_row`. Raises DamagedFile, TooManyRows or TooManyColumns."""
    parser = _Parser(archive, part)
    for piece, may_be_plain in _pieces(archive, part):
        cells = _plain_cells(piece) if may_be_plain else None
        if cells is None:
            cells = parser.feed(piece)
        if cells.rows:
            _judge(archive, cells)
            yield cells
            if cells.rows[-1] > last_row:
                return
    parser.close()


def _pieces(archive: Archive, part: str) -> Iterator[tuple[bytes, bool]]:
    """The part in pieces that end behind a row, each with whether it consists of rows only."""
    rest = b""
    is_plain = has_begun = False
    for piece in archive.pieces(part):
        rest += piece
        if not has_begun and _DATA in rest:
            head, mark, rest = rest.partition(_DATA)
            is_plain = _UTF8.match(head) is not None
            has_begun = True
            yield head + mark, False
        rows, mark, left = rest.rpartition(_ROW_END)
        if mark:
            yield _BLANK.sub(b"", rows + mark), is_plain
            rest = left
        elif len(rest) > _LONGEST_ROW:
            yield rest, False
            rest, is_plain = b"", False
    yield rest, False


def _plain_cells(piece: bytes) -> Cells | None:
    """The cells of whole rows in their usual shape, or None for any other."""
    try:
        parts = _CELL.split(piece.decode())
    except UnicodeDecodeError:
        return None
    step = _GROUPS + 1
    if not _ROWS_ONLY.fullmatch("".join(parts[::step])):
        return None
    letters = {name: column_number(name) for name in set(parts[1::step])}
    return Cells(
        rows=list(map(int, parts[2::step])),
        columns=[letters[name] for name in parts[1::step]],
        styles=[int(style) if style else 0 for style in parts[3::step]],
        kinds=[kind or "n" for kind in parts[4::step]],
        formulas=[formula and _formula_text(formula) for formula in parts[5::step]],
        values=[
            without_entities(value) if value is not None else inline and without_entities(inline)
            for value, inline in zip(parts[6::step], parts[7::step], strict=True)
        ],
    )


def _formula_text(element: str) -> str:
    match = _FORMULA.fullmatch(element)
    return without_entities(match[1] or "") if match else ""


def _judge(archive: Archive, cells: Cells) -> None:
    if max(cells.rows) > limits.ROWS:
        raise TooManyRows(file=archive.file, limit=f"{limits.ROWS:,}")
    if max(cells.columns) > limits.COLUMNS:
        raise TooManyColumns(file=archive.file, limit=limits.COLUMNS)
    if min(cells.rows) < 1 or min(cells.columns) < 1:
        raise DamagedFile(file=archive.file, found=f"{cells.rows[0]}")


class _Parser:
    """The general way: any XML that means a worksheet."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._archive, self._part = archive, part
        self._expat = xml_parser(archive)
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._text
        self._cells = Cells()
        self._row = self._column = self._style = 0
        self._kind = "n"
        self._value: list[str] = []
        self._formula: list[str] = []
        self._has_value = self._has_formula = self._is_inside_reading = False
        self._into: list[str] | None = None

    def feed(self, piece: bytes) -> Cells:
        """Parse one piece more and return the cells that ended in it."""
        self._parse(piece)
        cells, self._cells = self._cells, Cells()
        return cells

    def close(self) -> None:
        """Raises DamagedFile when the part ended too early."""
        self._parse(b"", is_last=True)

    def _parse(self, piece: bytes, *, is_last: bool = False) -> None:
        try:
            self._expat.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise DamagedFile(file=self._archive.file, found=f"{self._part}: {error}") from error

    def _start(self, tag: str, attributes: Attributes) -> None:
        tag = local(tag)
        if tag == "c":
            self._start_cell(attributes)
        elif tag in ("v", "t"):
            self._has_value = True
            self._into = None if self._is_inside_reading else self._value
        elif tag == "f":
            self._has_formula = True
            self._into = self._formula
        elif tag == "row":
            self._row = _whole(attributes.get("r"), self._row + 1)
            self._column = 0
        elif tag == "rPh":
            self._is_inside_reading = True

    def _end(self, tag: str) -> None:
        tag = local(tag)
        if tag == "c":
            self._end_cell()
        elif tag in ("v", "t", "f"):
            self._into = None
        elif tag == "rPh":
            self._is_inside_reading = False

    def _text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._column = column_number(reference) if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = _whole(attributes.get("s"), 0)
        self._value, self._formula = [], []
        self._has_value = self._has_formula = False

    def _end_cell(self) -> None:
        if not (self._has_value or self._has_formula):
            return
        cells = self._cells
        cells.rows.append(self._row)
        cells.columns.append(self._column)
        cells.styles.append(self._style)
        cells.kinds.append(self._kind)
        cells.values.append("".join(self._value) if self._has_value else None)
        cells.formulas.append("".join(self._formula) if self._has_formula else None)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) <= 9 else otherwise


def column_number(reference: str) -> int:
    """1 for `A7`, 28 for `AB7`."""
    number = 0
    for letter in islice(reference, 4):
        if not letter.isalpha():
            break
        number = number * 26 + (ord(letter) & 31)
    return number
