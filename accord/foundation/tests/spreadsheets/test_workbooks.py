"""Reading .xlsx: what a person sees in a cell is what arrives."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from accord.foundation.spreadsheets import read_sheet
from accord.foundation.spreadsheets.cells import number_text
from accord.foundation.spreadsheets.errors import EmptyFile, HeadersMissing, OldOrLockedWorkbook, UnknownFileType
from accord.foundation.spreadsheets.sheet_cells import _plain_cells
from accord.foundation.spreadsheets.styles import PLAIN, Look, Style, style_of
from accord.foundation.tests.spreadsheets.builders import COLUMNS, MAIN, XML, sheet_xml, text_row, workbook

HEADER = text_row(1, "工号", "姓名", "入职日期")


def values(path: Path) -> list[str | None]:
    """The column `name` of a sheet."""
    return read_sheet(path, COLUMNS).frame["name"].to_list()


@pytest.fixture
def written(tmp_path: Path):
    """Write cells into column 姓名 with XlsxWriter: (value, number format) pairs, or a formula with its result."""

    def write(*cells, **options) -> Path:
        path = tmp_path / "w.xlsx"
        with xlsxwriter.Workbook(path, options) as book:
            sheet = book.add_worksheet()
            sheet.write_row(0, 0, ["工号", "姓名", "入职日期"])
            for row, (value, form) in enumerate(cells, start=1):
                sheet.write(row, 0, f"E{row}")
                sheet.write(row, 1, value, book.add_format({"num_format": form}) if form else None)
        return path

    return write


@pytest.mark.parametrize(
    ("value", "form", "seen"),
    [
        (1001, "", "1001"),
        (1001.0, "", "1001"),
        (12.5, "", "12.5"),
        (-0.25, "", "-0.25"),
        (0.1 + 0.2, "", "0.3"),
        (1234.56, "", "1234.56"),
        (1e-7, "", "0.0000001"),
        (123456789012, "", "123456789012"),
        (1e15, "", "1000000000000000"),
        (0.12, "0%", "12%"),
        (0.1234, "0%", "12.34%"),
        (1, "0.00%", "100%"),
        (0.07, "0.0%", "7%"),
        (123, "000000", "000123"),
        (date(2026, 10, 5), "yyyy-mm-dd", "2026-10-05"),
        (date(2026, 10, 5), 'yyyy"年"m"月"d"日"', "2026-10-05"),
        (date(2026, 10, 5), "[$-804]yyyy/m/d;@", "2026-10-05"),
        (datetime(2026, 10, 5, 9, 30), "yyyy-mm-dd hh:mm", "2026-10-05 09:30:00"),  # noqa: DTZ001
        (datetime(2026, 10, 5), "yyyy-mm-dd hh:mm", "2026-10-05"),  # noqa: DTZ001
        (0.75, "h:mm", "18:00:00"),
        (1234.5, '#,##0.00"元"', "1234.5"),
        (12, "[Red]0;[Blue]-0", "12"),
        (True, "", "TRUE"),
        (False, "", "FALSE"),
        ("000123", "", "000123"),
        ("a&b <c> \"d\" 'e'", "", "a&b <c> \"d\" 'e'"),
        ("  两边有空格 ", "", "两边有空格"),
        ("一\n二", "", "一\n二"),
        ("_x000D_", "", "_x000D_"),
    ],
)
@pytest.mark.parametrize("constant_memory", [False, True])
def test_a_cell_arrives_as_a_person_sees_it(written, value, form, seen, constant_memory):
    assert values(written((value, form), constant_memory=constant_memory)) == [seen]


@pytest.mark.parametrize(
    ("code", "number", "style"),
    [
        ("", 0, PLAIN),
        ("", 14, Style(Look.DATE)),
        ("", 57, Style(Look.DATE)),
        ("", 9, Style(Look.PERCENT)),
        ("General", 0, PLAIN),
        ("0.00_ ", 0, PLAIN),
        ('0"d"', 0, PLAIN),
        ("[$¥-804]#,##0", 0, PLAIN),
        ("[h]:mm", 0, Style(Look.DATE)),
        ("0.0%;[Red]-0.0%", 0, Style(Look.PERCENT)),
        ("00000", 0, Style(Look.PADDED, 5)),
        ("@", 0, PLAIN),
    ],
)
def test_what_a_number_format_means(code, number, style):
    assert style_of(code, number) == style


def test_the_year_1904_and_the_29_february_1900(tmp_path):
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工号", "姓名"])
        sheet.write_datetime(1, 1, date(2026, 10, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert values(path) == ["2026-10-05"]


def test_formulas_give_their_stored_value_and_errors_refuse_the_row(tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工号", "姓名", "入职日期"])
        sheet.write_formula(1, 1, '="张"&"敏"', None, "张敏")
        sheet.write_formula(2, 1, "=1+1", None, 2)
        sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(4, 1, "=1=1", None, True)
    sheet = read_sheet(path, COLUMNS)
    assert sheet.frame.select("row", "name").rows() == [(2, "张敏"), (3, "2"), (5, "TRUE")]
    assert [(remark.row, remark.column, remark.values) for remark in sheet.remarks] == [
        (4, "name", {"text": "#DIV/0!"})
    ]


def test_a_formula_may_well_give_an_empty_text(tmp_path):
    rows = HEADER + '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><f>""</f><v></v></c></row>'
    sheet = read_sheet(workbook(tmp_path / "f.xlsx", {"S": sheet_xml(rows)}), COLUMNS)
    assert sheet.frame.rows() == [(2, "7", None, None)]


def test_a_formula_that_was_never_calculated_is_reported_for_its_row(tmp_path):
    rows = HEADER + '<row r="2"><c r="A2"><f>B2&amp;"x"</f></c><c r="B2"><v>7</v></c></row>' + text_row(3, "E3", "李伟")
    sheet = read_sheet(workbook(tmp_path / "f.xlsx", {"S": sheet_xml(rows)}), COLUMNS)
    assert sheet.frame["row"].to_list() == [3]
    assert [(remark.row, remark.column, remark.code, remark.values["text"]) for remark in sheet.remarks] == [
        (2, "employee_no", "formula_without_value", '=B2&"x"')
    ]
    assert sheet.raw.rows()[0] == (2, '=B2&"x"', "7", None)


def test_shared_texts_with_runs_and_readings(tmp_path):
    shared = (
        f'{XML}<sst xmlns="{MAIN}"><si><t>工号</t></si><si><r><t>姓</t></r><r><rPr/><t>名</t></r></si>'
        '<si><t>张</t><rPh sb="0" eb="1"><t>zhang</t></rPh></si><si><t xml:space="preserve"> a_x0041_ </t></si></sst>'
    )
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" t="s"><v>{first}</v></c><c r="B{row}" t="s"><v>{second}</v></c></row>'
        for row, first, second in [(1, 0, 1), (2, 3, 2)]
    )
    path = workbook(tmp_path / "s.xlsx", {"S": sheet_xml(rows)}, shared=shared)
    assert read_sheet(path, COLUMNS).frame.select("employee_no", "name").rows() == [("aA", "张")]


UNUSUAL = {
    "prefixes": f'{XML}<x:worksheet xmlns:x="{MAIN}"><x:sheetData>'
    '<x:row r="1"><x:c r="A1" t="str"><x:v>工号</x:v></x:c>'
    '<x:c r="B1" t="str"><x:v>姓名</x:v></x:c></x:row><x:row r="2"><x:c r="A2"><x:v>7</x:v></x:c>'
    '<x:c r="B2" t="str"><x:v>张敏</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    "no references": sheet_xml(
        '<row><c t="str"><v>工号</v></c><c t="str"><v>姓名</v></c></row>'
        '<row><c><v>7</v></c><c t="str"><v>张敏</v></c></row>'
    ),
    "single quotes and a comment": sheet_xml(
        "<row r='1'><c r='A1' t='str'><v>工号</v></c><c r='B1' t='str'><v>姓名</v></c></row>"
        "<!-- a > b --><row r='2'><c r='A2'><v>7</v></c><c r='B2' t='str'><v><![CDATA[张敏]]></v></c></row>"
    ),
    "another order of attributes": sheet_xml(
        '<row r="1"><c t="str" r="A1"><v>工号</v></c><c t="str" r="B1"><v>姓名</v></c></row>\n'
        '<row r="2"><c r="A2"><v>7</v></c><c t="str" r="B2"><v>&#24352;敏</v></c></row>'
    ),
    "utf-16": sheet_xml(
        '<row r="1"><c r="A1" t="str"><v>工号</v></c><c r="B1" t="str"><v>姓名</v></c></row>'
        '<row r="2"><c r="A2"><v>7</v></c><c r="B2" t="str"><v>张敏</v></c></row>',
        head='<?xml version="1.0" encoding="UTF-16"?>',
    ),
}


@pytest.mark.parametrize("name", UNUSUAL)
def test_xml_that_no_spreadsheet_program_writes_but_means_the_same(tmp_path, name):
    path = tmp_path / "u.xlsx"
    if name == "utf-16":
        workbook(path, {"S": ""}, extra={})
        path = _with_part(path, UNUSUAL[name].encode("utf-16"))
    else:
        workbook(path, {"S": UNUSUAL[name]})
    assert read_sheet(path, COLUMNS).frame.rows() == [(2, "7", "张敏", None)]


def _with_part(path: Path, content: bytes) -> Path:
    copy = path.with_name("copy.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename.endswith("sheet1.xml") else old.read(entry))
    return copy


def test_the_fast_way_and_the_parser_agree(written, monkeypatch):
    path = written(
        (1, ""), (0.5, "0%"), ("&<>", ""), (date(2026, 1, 2), "yyyy-mm-dd"), ("=x", ""), (True, ""), (-1.5e-9, "")
    )
    fast = read_sheet(path, COLUMNS).raw
    monkeypatch.setattr("accord.foundation.spreadsheets.sheet_cells._plain_cells", lambda piece: None)
    assert read_sheet(path, COLUMNS).raw.equals(fast)


def test_what_the_programs_write_goes_the_fast_way():
    assert _plain_cells(HEADER.encode()) is not None
    assert _plain_cells(b'<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>') is None


def test_another_reader_sees_the_same_cells(written):
    path = written(*[(f"人{number}" if number % 3 else number * 1.25, "") for number in range(3_000)])
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    ours = read_sheet(path, COLUMNS).raw.rows()
    assert [(row[1], row[2]) for row in ours] == [
        (first, second if isinstance(second, str) else number_text(repr(second))) for first, second, *_ in rows
    ]


def test_the_sheet_with_the_fitting_header_is_read(tmp_path):
    path = workbook(
        tmp_path / "s.xlsx",
        {
            "说明": sheet_xml(text_row(1, "请按要求填写") + text_row(2, "姓名")),
            "空": sheet_xml(""),
            "数据": sheet_xml(HEADER + text_row(2, "E1", "张敏")),
            "备份": sheet_xml(HEADER + text_row(2, "E2", "李伟")),
            "隐藏": sheet_xml(HEADER + text_row(2, "E3", "王")),
        },
        hidden=("隐藏",),
    )
    sheet = read_sheet(path, COLUMNS)
    assert sheet.frame["employee_no"].to_list() == ["E1"]
    assert [(remark.code, remark.values, remark.is_refusal) for remark in sheet.remarks] == [
        ("sheet_not_read", {"sheet": "备份"}, False)
    ]


def test_a_title_above_the_header_and_cells_far_apart(tmp_path):
    rows = text_row(1, "花名册") + text_row(4, "工号", "姓名") + text_row(900_000, "E1", "张敏")
    sheet = read_sheet(workbook(tmp_path / "t.xlsx", {"S": sheet_xml(rows)}), COLUMNS)
    assert sheet.frame.rows() == [(900_000, "E1", "张敏", None)]


def test_an_empty_workbook(tmp_path):
    with pytest.raises(EmptyFile):
        read_sheet(workbook(tmp_path / "e.xlsx", {"S": sheet_xml("")}), COLUMNS)


def test_missing_headers(tmp_path):
    with pytest.raises(HeadersMissing, match="E1"):
        read_sheet(workbook(tmp_path / "e.xlsx", {"S": sheet_xml(text_row(1, "E1", "E2"))}), COLUMNS)


def test_an_old_or_locked_workbook(tmp_path):
    path = tmp_path / "old.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))
    with pytest.raises(OldOrLockedWorkbook):
        read_sheet(path, COLUMNS)


def test_an_archive_that_is_no_workbook(tmp_path):
    path = tmp_path / "z.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "x")
    with pytest.raises(UnknownFileType):
        read_sheet(path, COLUMNS)
