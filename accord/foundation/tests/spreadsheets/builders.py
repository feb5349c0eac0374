"""Workbooks as spreadsheet programs write them and as attackers do, made on the fly."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from accord.foundation.spreadsheets import Column

COLUMNS = (
    Column("employee_no", ("工号", "employee_no")),
    Column("name", ("姓名", "name")),
    Column("hired_on", ("入职日期", "hired_on"), required=False),
)

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet_xml(rows: str, *, head: str = XML) -> str:
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def text_row(number: int, *texts: str) -> str:
    cells = "".join(
        f'<c r="{"ABCDEFGHIJ"[at]}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def workbook(
    path: Path,
    sheets: dict[str, str | Iterable[str]],
    *,
    shared: str | Iterable[str] = "",
    styles: str = "",
    extra: dict[str, bytes] | None = None,
    hidden: tuple[str, ...] = (),
) -> Path:
    """A workbook whose sheets have the given XML (in pieces, where it is long)."""
    names = list(sheets)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", XML + "<Types/>")
        archive.writestr("_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")]))
        states = {name: "hidden" if name in hidden else "visible" for name in names}
        tabs = "".join(
            f'<sheet name="{name}" sheetId="{at}" r:id="rId{at}" state="{states[name]}"/>'
            for at, name in enumerate(names, 1)
        )
        archive.writestr(
            "xl/workbook.xml", f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{tabs}</sheets></workbook>'
        )
        parts = [(f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml") for at in range(1, len(names) + 1)]
        parts += [("rIdT", "sharedStrings", "sharedStrings.xml")] if shared else []
        parts += [("rIdS", "styles", "styles.xml")] if styles else []
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(parts))
        for at, name in enumerate(names, 1):
            _write(archive, f"xl/worksheets/sheet{at}.xml", sheets[name])
        if shared:
            _write(archive, "xl/sharedStrings.xml", shared)
        if styles:
            archive.writestr("xl/styles.xml", styles)
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return path


def _write(archive: zipfile.ZipFile, name: str, content: str | Iterable[str]) -> None:
    with archive.open(name, "w", force_zip64=False) as part:
        for piece in [content] if isinstance(content, str) else content:
            part.write(piece.encode())


def _relations(relations: list[tuple[str, str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>' for id_, kind, target in relations
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}">{rows}</Relationships>'
