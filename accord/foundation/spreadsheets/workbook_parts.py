"""The small parts of a workbook: which sheets there are, shared texts, and which formats mean dates or percent."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from xml.parsers import expat

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.errors import DamagedFile, DangerousFile, TooLarge, UnknownFileType

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
_OFFICE = "_rels/.rels"


def xml_parser(archive: Archive) -> expat.XMLParserType:
    """A parser that names elements without their prefix and refuses document types, so entities do not exist."""

    def refuse(*_: object) -> None:
        raise DangerousFile(file=archive.file, found="DOCTYPE")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    return parser


def parse(archive: Archive, name: str, parser: expat.XMLParserType, pieces: Iterator[bytes] | None = None) -> None:
    """Feed one part (or its prepared `pieces`) to `parser`. Raises DamagedFile when it is no XML."""
    try:
        for piece in pieces or archive.pieces(name):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise DamagedFile(file=archive.file, found=f"{name}: {error}") from error


def local(name: str) -> str:
    """`c` for `x:c`."""
    return name.rpartition(":")[2]


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name on the tab and its part in the archive."""

    name: str
    part: str


@dataclass
class Workbook:
    """What the workbook's own part says."""

    sheets: list[SheetPart] = field(default_factory=list)
    counts_from_1904: bool = False
    shared_texts: str = ""
    styles: str = ""


def read_workbook(archive: Archive) -> Workbook:
    """Read the list of visible worksheets. Raises UnknownFileType when the archive is no workbook."""
    targets = _relations(archive, "", _OFFICE) if _OFFICE in archive else {}
    main = next((target for kind, target in targets.values() if kind == "officeDocument"), "xl/workbook.xml")
    if main not in archive or main.endswith(".bin"):
        raise UnknownFileType(file=archive.file)
    folder, _, base = main.rpartition("/")
    relations = _relations(archive, folder, f"{folder}/_rels/{base}.rels")
    workbook = Workbook()

    def start(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet" and attributes.get("state", "visible") == "visible":
            kind, target = relations.get(_relation_id(attributes), ("", ""))
            if kind == "worksheet" and target in archive:
                workbook.sheets.append(SheetPart(attributes.get("name", ""), target))
        elif local(name) == "workbookPr":
            workbook.counts_from_1904 = attributes.get("date1904", "0") in ("1", "true")

    _scan(archive, main, start)
    if len(workbook.sheets) > limits.SHEETS:
        raise TooLarge(file=archive.file, found=f"{len(workbook.sheets)} sheets", limit=f"{limits.SHEETS} sheets")
    for kind, target in relations.values():
        if kind == "sharedStrings" and target in archive:
            workbook.shared_texts = target
        elif kind == "styles" and target in archive:
            workbook.styles = target
    return workbook


def _scan(archive: Archive, name: str, start: Start) -> None:
    parser = xml_parser(archive)
    parser.StartElementHandler = start
    parse(archive, name, parser)


def _relations(archive: Archive, folder: str, name: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], path)

    if name not in archive:
        raise UnknownFileType(file=archive.file)
    _scan(archive, name, start)
    return found


def _relation_id(attributes: Attributes) -> str:
    return next((value for name, value in attributes.items() if name != "id" and local(name) == "id"), "")


def read_shared_texts(archive: Archive, name: str) -> list[str]:
    """The table of texts that cells point into; readings beside Chinese or Japanese text are left out."""
    texts: list[str] = []
    pieces: list[str] = []
    size = inside_text = inside_reading = 0

    def start(tag: str, _: Attributes) -> None:
        nonlocal inside_text, inside_reading
        tag = local(tag)
        if tag == "t":
            inside_text = 1
        elif tag == "rPh":
            inside_reading = 1
        elif tag == "si":
            pieces.clear()

    def characters(text: str) -> None:
        nonlocal size
        if inside_text and not inside_reading:
            pieces.append(text)
            size += len(text)
            if size > limits.SHARED_TEXT_BYTES:
                raise TooLarge(
                    file=archive.file, found=f"{size >> 20} MB", limit=f"{limits.SHARED_TEXT_BYTES >> 20} MB"
                )

    def end(tag: str) -> None:
        nonlocal inside_text, inside_reading
        tag = local(tag)
        if tag == "t":
            inside_text = 0
        elif tag == "rPh":
            inside_reading = 0
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))

    parser = xml_parser(archive)
    parser.StartElementHandler, parser.CharacterDataHandler, parser.EndElementHandler = start, characters, end
    parse(archive, name, parser)
    return texts


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """`_x000D_` is how workbooks write characters that XML cannot hold."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class Look(Enum):
    """What a cell's number format makes of a number."""

    PLAIN = 0
    DATE = 1
    PERCENT = 2
    PADDED = 3


@dataclass(frozen=True)
class Style:
    """How a cell shows numbers; `digits` for leading zeros."""

    look: Look
    digits: int = 0


PLAIN = Style(Look.PLAIN)
# Built-in formats of Excel: 14–22 and 45–47 everywhere, 27–36 and 50–58 in Chinese Excel.
_DATE_IDS = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])
_PERCENT_IDS = frozenset([9, 10])
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)


def read_styles(archive: Archive, name: str) -> list[Style]:
    """The style of each cell format, in the order cells refer to them."""
    formats: dict[str, str] = {}
    styles: list[Style] = []
    inside_cell_formats = False

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal inside_cell_formats
        tag = local(tag)
        if tag == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            inside_cell_formats = True
        elif tag == "xf" and inside_cell_formats:
            number = attributes.get("numFmtId", "0")
            styles.append(style_of(formats.get(number, ""), int(number) if number.isdigit() else 0))

    def end(tag: str) -> None:
        nonlocal inside_cell_formats
        if local(tag) == "cellXfs":
            inside_cell_formats = False

    parser = xml_parser(archive)
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parse(archive, name, parser)
    return styles


def style_of(code: str, number: int = 0) -> Style:
    """The style that the format `code` (or the built-in format `number`) gives a number."""
    if not code:
        look = Look.DATE if number in _DATE_IDS else Look.PERCENT if number in _PERCENT_IDS else Look.PLAIN
        return Style(look)
    bare = _LITERAL.sub("", code.split(";")[0]).lower()
    if "%" in bare:
        return Style(Look.PERCENT)
    if "general" not in bare and re.search("[ymdhs]", bare):
        return Style(Look.DATE)
    if re.fullmatch("0{2,}", bare):
        return Style(Look.PADDED, len(bare))
    return PLAIN
