"""What a workbook consists of: its visible worksheets and the parts they refer to."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field

from accord.foundation.spreadsheets import limits
from accord.foundation.spreadsheets.archives import Archive
from accord.foundation.spreadsheets.errors import TooManySheets, UnknownFileType
from accord.foundation.spreadsheets.xml_parts import Attributes, local, parse, xml_parser

_PACKAGE = "_rels/.rels"


@dataclass(frozen=True)
class SheetPart:
    """One worksheet: its name on the tab and its part in the archive."""

    name: str
    part: str


@dataclass
class Workbook:
    """The visible worksheets in order, and the parts of texts and styles where there are any."""

    sheets: list[SheetPart] = field(default_factory=list)
    counts_from_1904: bool = False
    shared_texts: str = ""
    styles: str = ""


@dataclass(frozen=True)
class _Relation:
    kind: str
    target: str


def open_workbook(archive: Archive) -> Workbook:
    """Read the workbook's own part. Raises UnknownFileType when the archive is no workbook."""
    package = _relations(archive, "", _PACKAGE).values()
    main = next((relation.target for relation in package if relation.kind == "officeDocument"), "")
    if main not in archive or main.endswith(".bin"):
        raise UnknownFileType(file=archive.file)
    folder, _, name = main.rpartition("/")
    relations = _relations(archive, folder, f"{folder}/_rels/{name}.rels")
    workbook = Workbook()
    for relation in relations.values():
        if relation.target in archive and relation.kind == "sharedStrings":
            workbook.shared_texts = relation.target
        elif relation.target in archive and relation.kind == "styles":
            workbook.styles = relation.target
    _read_sheets(archive, main, relations, workbook)
    return workbook


def _read_sheets(archive: Archive, main: str, relations: dict[str, _Relation], workbook: Workbook) -> None:
    def start(tag: str, attributes: Attributes) -> None:
        tag = local(tag)
        if tag == "sheet" and attributes.get("state", "visible") == "visible":
            relation = relations.get(_relation_id(attributes))
            if relation and relation.kind == "worksheet" and relation.target in archive:
                workbook.sheets.append(SheetPart(attributes.get("name", ""), relation.target))
        elif tag == "workbookPr":
            workbook.counts_from_1904 = attributes.get("date1904") in ("1", "true")

    _scan(archive, main, start)
    if len(workbook.sheets) > limits.SHEETS:
        raise TooManySheets(file=archive.file, found=len(workbook.sheets), limit=limits.SHEETS)


def _relations(archive: Archive, folder: str, name: str) -> dict[str, _Relation]:
    found: dict[str, _Relation] = {}

    def start(tag: str, attributes: Attributes) -> None:
        if local(tag) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = _Relation(attributes.get("Type", "").rpartition("/")[2], target)

    if name not in archive:
        raise UnknownFileType(file=archive.file)
    _scan(archive, name, start)
    return found


def _relation_id(attributes: Attributes) -> str:
    return next((value for name, value in attributes.items() if name.endswith(":id")), "")


def _scan(archive: Archive, name: str, start: Callable[[str, Attributes], None]) -> None:
    parser = xml_parser(archive)
    parser.StartElementHandler = start
    parse(archive, name, parser)
