"""What is written opens without running anything and reads back the same."""

import csv
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from accord.foundation.spreadsheets import Column, read_sheet
from accord.foundation.spreadsheets.formulas import is_risky
from accord.foundation.spreadsheets.writing import NamedRows, write_rows, write_workbook

COLUMNS = (Column("key", ("编号",)), Column("text", ("文字",), required=False))
RISKY = [
    "=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "＝1", "＋1", "－x",
    "＠x", "\u200b=1", "\ufeff=1", '=HYPERLINK("http://example.com")', "\0=1",
]  # fmt: skip
HARMLESS = ["-5", "+5", "-0.5", "-12%", "a=1", "", "'", "'x", "张敏", "000123", "E1"]


@pytest.fixture(params=["t.csv", "t.xlsx"])
def path(request, tmp_path: Path) -> Path:
    return tmp_path / request.param


def raw_csv_cells(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return [cell for row in csv.reader(stream) for cell in row]


@pytest.mark.parametrize("text", RISKY)
def test_no_csv_cell_begins_a_formula(tmp_path, text):
    path = tmp_path / "t.csv"
    write_rows(path, ["编号", text], [["1", text]])
    assert not [cell for cell in raw_csv_cells(path) if is_risky(cell)]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_harmless_stays_as_it_is(tmp_path, text):
    path = tmp_path / "t.csv"
    write_rows(path, ["编号", "文字"], [["1", text]])
    assert raw_csv_cells(path)[-1] == text


def test_a_workbook_has_texts_and_no_formulas(tmp_path):
    path = tmp_path / "t.xlsx"
    write_rows(path, ["编号", "=文字"], [[str(number), text] for number, text in enumerate(RISKY)])
    sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "quotePrefix" in zipfile.ZipFile(path).read("xl/styles.xml").decode()


@pytest.mark.parametrize("text", RISKY + HARMLESS)
def test_it_reads_back_the_same(path, text):
    write_rows(path, ["编号", "文字"], [["1", text]])
    assert (read_sheet(path, COLUMNS).raw.rows()[0][2] or "") == text.replace("\0", "")


def test_numbers_and_dates(path):
    write_rows(
        path, ["编号", "文字"], [[7, Decimal("1234.5")], [8, date(2026, 10, 5)], [9, None], [10**17, Decimal("0.1")]]
    )
    rows = read_sheet(path, COLUMNS).frame.select("key", "text").rows()
    assert rows == [("7", "1234.5"), ("8", "2026-10-05"), ("9", None), ("100000000000000000", "0.1")]


def test_rows_may_come_one_by_one(path):
    write_rows(path, ["编号", "文字"], ((number, "x") for number in range(3)))
    assert read_sheet(path, COLUMNS).frame.height == 3


def test_a_csv_file_begins_with_the_mark_excel_needs(tmp_path):
    write_rows(tmp_path / "t.csv", ["编号"], [])
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=10))
def test_any_text_survives(path, texts):
    write_rows(path, ["编号", "文字"], [["1", text] for text in texts])
    seen = [row[2] or "" for row in read_sheet(path, COLUMNS).raw.iter_rows()]
    unprintable = {*map(chr, range(9)), "\x0b", "\x0c", *map(chr, range(14, 32)), "\ufffe", "\uffff"}
    assert seen == ["".join(letter for letter in text if letter not in unprintable) for text in texts]


def test_sheets_of_a_workbook_have_fit_and_unique_names(tmp_path):
    path = tmp_path / "book.xlsx"
    names = ["部门/指标: 2026", "部门 指标  2026", "", "x" * 40, "X" * 40, "'"]
    write_workbook(path, [NamedRows(name, ["h"], [["=1+1", 1]]) for name in names])
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["部门 指标  2026", "部门 指标  2026 2", "1", "x" * 31, "X" * 29 + " 2", "1 2"]
    assert {tuple(book.get_sheet_by_name(name).to_python()[1]) for name in book.sheet_names} == {("=1+1", 1.0)}
