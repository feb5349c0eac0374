"""Files built to exhaust the machine or to reach what is not theirs: refused at once, in little memory."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from accord.foundation.spreadsheets import read_sheet
from accord.foundation.spreadsheets.errors import (
    CellTooLong,
    DamagedFile,
    DangerousFile,
    TooLarge,
    TooManySheets,
)
from accord.foundation.tests.spreadsheets.builders import COLUMNS, MAIN, XML, sheet_xml, text_row, workbook

HEADER = text_row(1, "工号", "姓名")
MIB = 1 << 20

# Reads each file in a process of its own and prints what was raised, the seconds and the growth of memory in MiB.
MEASURE = """
import json, os, resource, sys, time
import django
django.setup()
from pathlib import Path
from accord.foundation.spreadsheets import read_sheet
from accord.foundation.spreadsheets.errors import (
    CellTooLong,
    DamagedFile,
    DangerousFile,
    TooLarge,
    TooManySheets,
)
from accord.foundation.tests.spreadsheets.builders import COLUMNS, sheet_xml, text_row, workbook
warm = Path(sys.argv[1]).parent / "warm.xlsx"
read_sheet(workbook(warm, {"S": sheet_xml(text_row(1, "工号", "姓名"))}), COLUMNS)
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
for name in sys.argv[1:]:
    before, started = peak(), time.process_time()
    try:
        outcome = str(read_sheet(Path(name), COLUMNS).frame.height)
    except Exception as error:
        outcome = getattr(error, "code", repr(error))
    print(json.dumps([Path(name).stem, outcome, time.process_time() - started, peak() - before]))
"""


def spaces(megabytes: int) -> Iterator[str]:
    yield XML + f'<worksheet xmlns="{MAIN}"><sheetData>'
    for _ in range(megabytes):
        yield " " * MIB
    yield "</sheetData></worksheet>"


def zip_bomb(path: Path) -> None:
    workbook(path, {"S": spaces(450)})


def steep_ratio(path: Path) -> None:
    workbook(path, {"S": spaces(64)})


def lying_size(path: Path) -> None:
    """The directory says 1,000 bytes; there are 64 MB."""
    workbook(path, {"S": spaces(64)})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        at = content.find(mark)
        while at >= 0:
            if content[at + offset : at + offset + 4] > b"\0\0\1\0":
                content[at + offset : at + offset + 4] = struct.pack("<I", 1_000)
            at = content.find(mark, at + 4)
    path.write_bytes(content)


def nested(path: Path) -> None:
    inner = path.with_suffix(".inner")
    workbook(inner, {"S": sheet_xml(HEADER)})
    workbook(path, {"S": sheet_xml(HEADER)}, extra={"copy.xlsx": inner.read_bytes()})


def many_entries(path: Path) -> None:
    workbook(path, {"S": sheet_xml(HEADER)}, extra={f"xl/media/{number}": b"" for number in range(3_000)})


def zip64_directory(path: Path) -> None:
    workbook(path, {"S": sheet_xml(HEADER)})
    content = path.read_bytes()
    at = content.rindex(b"PK\x05\x06")
    path.write_bytes(content[:at] + b"PK\x06\x07" + bytes(16) + content[at:])


def huge_file(path: Path) -> None:
    workbook(path, {"S": sheet_xml(HEADER)})
    with path.open("r+b") as stream:
        stream.truncate(100 * MIB)


def doctype_in(part: str) -> Callable[[Path], None]:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>'

    def build(path: Path) -> None:
        sheet = sheet_xml(HEADER + '<row r="2"><c r="A2" t="str"><v>&c;</v></c></row>', head=XML + laughs)
        if part == "sheet":
            workbook(path, {"S": sheet})
        else:
            workbook(
                path, {"S": sheet_xml(HEADER)}, shared=f"{XML}{laughs}<sst xmlns='{MAIN}'><si><t>&b;</t></si></sst>"
            )

    return build


def shared_text_bomb(path: Path) -> None:
    """30,000 characters, pointed to 900,000 times."""
    shared = f'{XML}<sst xmlns="{MAIN}"><si><t>{"哈" * 30_000}</t></si></sst>'
    rows = (f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 900_000))
    workbook(path, {"S": _sheet(rows)}, shared=shared)


def many_shared_texts(path: Path) -> None:
    def texts() -> Iterator[str]:
        yield f'{XML}<sst xmlns="{MAIN}">'
        for number in range(6_000):
            yield f"<si><t>{number}{str(number * 7919) * 4_000}</t></si>"
        yield "</sst>"

    workbook(path, {"S": sheet_xml(HEADER)}, shared=texts())


def wide_row(path: Path) -> None:
    cells = "".join(f'<c r="{_letters(at)}2"><v>1</v></c>' for at in range(16_000))
    workbook(path, {"S": sheet_xml(HEADER + f'<row r="2">{cells}</row>')})


def far_row(path: Path) -> None:
    workbook(path, {"S": sheet_xml(HEADER + text_row(9_000_000, "x"))})


def endless_line(path: Path) -> None:
    path.write_bytes(b"x" * (100 * MIB))


def blank_lines(path: Path) -> None:
    path.write_bytes("工号,姓名\n".encode() + b"\n" * (100 * MIB))


def blank_columns(path: Path) -> None:
    path.write_bytes("工号,姓名".encode() + b"," * 290 + b"\n" + (b"," * 290 + b"\n") * 300_000)


def huge_text(path: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(300 * MIB)


def _sheet(rows: Iterator[str]) -> Iterator[str]:
    yield XML + f'<worksheet xmlns="{MAIN}"><sheetData>{HEADER}'
    yield from rows
    yield "</sheetData></worksheet>"


def _letters(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


ATTACKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "zip_bomb.xlsx": (zip_bomb, "file_too_large"),
    "steep_ratio.xlsx": (steep_ratio, "file_dangerous"),
    "lying_size.xlsx": (lying_size, "file_damaged"),
    "nested.xlsx": (nested, "file_dangerous"),
    "many_entries.xlsx": (many_entries, "file_dangerous"),
    "zip64_directory.xlsx": (zip64_directory, "file_dangerous"),
    "huge_file.xlsx": (huge_file, "file_too_large"),
    "doctype_sheet.xlsx": (doctype_in("sheet"), "file_dangerous"),
    "doctype_shared.xlsx": (doctype_in("shared"), "file_dangerous"),
    "many_shared_texts.xlsx": (many_shared_texts, "file_dangerous"),
    "wide_row.xlsx": (wide_row, "file_too_many_columns"),
    "far_row.xlsx": (far_row, "file_too_many_rows"),
    "endless_line.csv": (endless_line, "file_type_unknown"),
    "huge_text.csv": (huge_text, "file_too_large"),
}
# Looked into before they can be judged; not much larger in memory than in the file.
LARGER = {
    "shared_text_bomb.xlsx": (shared_text_bomb, "file_too_large"),
    "blank_lines.csv": (blank_lines, "file_too_many_rows"),
    "blank_columns.csv": (blank_columns, "file_too_many_rows"),
}


def measured(
    folder: Path, attacks: dict[str, tuple[Callable[[Path], None], str]]
) -> dict[str, tuple[str, float, float]]:
    """What a fresh process says of each file: outcome, seconds, MiB."""
    for name, (build, _) in attacks.items():
        build(folder / name)
    files = [str(folder / name) for name in attacks]
    told = subprocess.run([sys.executable, "-c", MEASURE, *files], capture_output=True, text=True, check=True)  # noqa: S603
    rows = [json.loads(line) for line in told.stdout.splitlines()]
    return {name: (outcome, seconds, growth) for name, outcome, seconds, growth in rows}


def test_attacks_are_refused_within_a_second_and_in_little_memory(tmp_path):
    told = measured(tmp_path, ATTACKS)
    assert {name: outcome for name, (outcome, _, _) in told.items()} == {
        Path(name).stem: code for name, (_, code) in ATTACKS.items()
    }
    slow = {name: seconds for name, (_, seconds, _) in told.items() if seconds > 1}
    large = {name: growth for name, (_, _, growth) in told.items() if growth > 130}
    assert (slow, large) == ({}, {})


def test_files_that_swell_only_when_read_are_refused_before_they_do(tmp_path):
    told = measured(tmp_path, LARGER)
    assert {name: outcome for name, (outcome, _, _) in told.items()} == {
        Path(name).stem: code for name, (_, code) in LARGER.items()
    }
    assert max(seconds for _, seconds, _ in told.values()) < 2
    assert max(growth for _, _, growth in told.values()) < 250


def test_a_million_blank_rows_cost_little(tmp_path):
    def claimed(path: Path) -> None:
        rows = (
            f'<row r="{row}" spans="1:3"><c r="A{row}" s="1"/><c r="B{row}" s="1"/></row>'
            for row in range(3, 1_048_577)
        )
        workbook(path, {"S": _sheet(iter([text_row(2, "E1", "张敏"), *rows]))})

    outcome, seconds, growth = measured(tmp_path, {"blank.xlsx": (claimed, "")})["blank"]
    assert outcome == "1"
    assert seconds < 5
    assert growth < 60


def test_a_quine_zip_is_no_workbook(tmp_path):
    path = tmp_path / "quine.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("r/r.zip", b"PK\x03\x04")
    with pytest.raises(DangerousFile):
        read_sheet(path, COLUMNS)


@pytest.mark.parametrize("cut", [10, 200, 700])
def test_a_cut_off_workbook_is_damaged(tmp_path, cut):
    path = workbook(tmp_path / "cut.xlsx", {"S": sheet_xml(HEADER)})
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(DamagedFile):
        read_sheet(path, COLUMNS)


@pytest.mark.parametrize("broken", ["<row", "</row></row>", '<row r="2"><c r="A2" t="s"><v>99</v></c></row>', "&nbsp;"])
def test_broken_xml_is_damaged(tmp_path, broken):
    path = workbook(tmp_path / "broken.xlsx", {"S": sheet_xml(HEADER + broken)})
    with pytest.raises(DamagedFile):
        read_sheet(path, COLUMNS)


def test_a_table_of_too_many_shared_texts(tmp_path, monkeypatch):
    monkeypatch.setattr("accord.foundation.spreadsheets.limits.SHARED_TEXT_CHARACTERS", 10_000)
    shared = f"{XML}<sst xmlns='{MAIN}'>" + "<si><t>0123456789</t></si>" * 1_001 + "</sst>"
    path = workbook(tmp_path / "shared.xlsx", {"S": sheet_xml(HEADER)}, shared=shared)
    with pytest.raises(TooLarge):
        read_sheet(path, COLUMNS)


def test_too_many_sheets(tmp_path):
    path = workbook(tmp_path / "sheets.xlsx", {f"S{number}": sheet_xml("") for number in range(101)})
    with pytest.raises(TooManySheets):
        read_sheet(path, COLUMNS)


def test_a_cell_longer_than_any_program_writes(tmp_path):
    path = workbook(tmp_path / "long.xlsx", {"S": sheet_xml(HEADER + text_row(2, "E1", "张" * 40_000))})
    with pytest.raises(CellTooLong) as refused:
        read_sheet(path, COLUMNS)
    assert refused.value.values["row"] == 2
