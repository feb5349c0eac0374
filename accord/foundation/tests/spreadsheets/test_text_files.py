"""Reading .csv and .tsv as people send them."""

from pathlib import Path

import pytest

from accord.foundation.spreadsheets import Column, Sheet, read_sheet
from accord.foundation.spreadsheets.errors import (
    EmptyFile,
    HeadersDoubled,
    HeadersMissing,
    MisleadingFileType,
    TooManyColumns,
    UnbalancedQuotes,
    UnknownEncoding,
    UnknownFileType,
)
from accord.foundation.tests.spreadsheets.builders import COLUMNS

TABLE = "工号,姓名,入职日期\nE1,张敏,2026-10-05\nE2,李伟,\n"
ROWS = [(2, "E1", "张敏", "2026-10-05"), (3, "E2", "李伟", None)]


@pytest.fixture
def read(tmp_path: Path):
    def read(content: str | bytes, name: str = "people.csv", columns=COLUMNS) -> Sheet:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_sheet(path, columns)

    return read


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"]
)  # fmt: skip
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end(read, encoding, delimiter, line_end):
    text = TABLE.replace(",", delimiter).replace("\n", line_end)
    assert read(text.encode(encoding)).frame.rows() == ROWS


def test_a_tsv_file(read):
    assert read(TABLE.replace(",", "\t"), "people.tsv").frame.rows() == ROWS


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        # Legal UTF-8 and GB 2312 at once: 谩谩, not áá.
        ("employee_no,name\nE1,谩谩\n", "gb18030"),
        # The same bytes, but the name stands between Latin letters.
        ("employee_no,name\nE1,Márta\n", "utf-8"),
        ("employee_no,name\nE1,Иван Петров\n", "utf-8"),
        ("employee_no,name\nE1,𠮷野家\n", "utf-8"),
        ("工号,姓名\nE1,朱镕基\nE2,㐀𠀀\n", "gb18030"),
        ("employee_no,name\nE1,Zoë\n", "utf-8"),
    ],
)
def test_encodings_that_look_alike(read, text, encoding):
    assert read(text.encode(encoding)).frame["name"][0] == text.splitlines()[1].split(",")[1]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        # A broken byte in UTF-8 must not turn the whole file into other characters.
        ("工号,姓名\nE1,张敏\nE2,李".encode() + b"\xff\n", 3),
        ("工号,姓名\n".encode() + "E1,张敏张敏张敏\n".encode()[:-2] + b"\n", 2),
        # Western and Traditional Chinese code pages are not guessed at.
        ("employee_no,name\nE1,Gérard Lefèvre\nE2,Hélène Müller\n".encode("cp1252"), 2),
        ("employee_no,name\nE1,陳小明\nE2,林志玲\nE3,歐陽娜娜\n".encode("big5"), 2),
        ("工号,姓名\nE1,张敏\n".encode("gb18030") + b"E2,\xff\n", 1),
    ],
)
def test_what_is_neither_utf8_nor_gb18030_is_refused_with_its_line(read, content, line):
    with pytest.raises(UnknownEncoding) as refused:
        read(content)
    assert refused.value.values["line"] == line


def test_headers_in_any_order_case_width_and_with_stars(read):
    sheet = read(" Name＊,入 职 日 期（选填）, ＥＭＰＬＯＹＥＥ＿NO *,备注\n张敏,2026-10-05,E1,x\n")
    assert sheet.frame.rows() == [(2, "E1", "张敏", "2026-10-05")]
    assert sheet.found == {"employee_no", "name", "hired_on"}
    assert sheet.headers == ("Name＊", "入 职 日 期（选填）", "ＥＭＰＬＯＹＥＥ＿NO *", "备注")


def test_an_optional_column_that_is_absent_is_null_and_not_found(read):
    sheet = read("工号,姓名\nE1,张敏\n")
    assert sheet.frame.rows() == [(2, "E1", "张敏", None)]
    assert "hired_on" not in sheet.found


def test_titles_above_the_header_and_blank_lines_keep_the_row_numbers_people_see(read):
    sheet = read("员工花名册\n\n2026 年 10 月,,\n工号,姓名,入职日期\n\nE1,张敏,2026-10-05\n , ,\nE2,李伟,\n")
    assert sheet.frame.rows() == [(6, "E1", "张敏", "2026-10-05"), (8, "E2", "李伟", None)]
    assert sheet.raw["row"].to_list() == [6, 8]


def test_cells_are_trimmed_and_normalised_and_raw_ones_stay_as_they_were(read):
    sheet = read("工号,姓名,备注\n\u3000Ｅ１ ,  张 敏\u00a0, ＝x\n")
    assert sheet.frame.rows() == [(2, "E1", "张 敏", None)]
    assert sheet.raw.rows() == [(2, "\u3000Ｅ１ ", "  张 敏\u00a0", " ＝x")]


def test_cells_that_begin_like_formulas_are_text(read):
    assert read("工号,姓名\n=1+1,@x\n-5,+y\n").frame.select("employee_no", "name").rows() == [
        ("=1+1", "@x"),
        ("-5", "+y"),
    ]


def test_quoted_cells_with_delimiters_quotes_and_line_breaks(read):
    sheet = read('工号,姓名,入职日期\nE1,"张,""敏""\n二行",\nE2,李伟,\n')
    assert sheet.frame.rows() == [(2, "E1", '张,"敏"\n二行', None), (3, "E2", "李伟", None)]


def test_missing_headers_are_named_with_what_was_found(read):
    with pytest.raises(HeadersMissing) as refused:
        read("编号,姓名,部门\n1,张敏,销售\n")
    assert refused.value.values == {"file": "people.csv", "row": 1, "missing": "工号", "found": "编号、姓名、部门"}


def test_doubled_headers_are_named(read):
    with pytest.raises(HeadersDoubled) as refused:
        read("工号,姓名,employee_no\nE1,张敏,E2\n")
    assert refused.value.values["doubled"] == "工号"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n \n", "\ufeff\n".encode("utf-16-le"), b",,,\n,,\n"])
def test_an_empty_file(read, content):
    with pytest.raises(EmptyFile):
        read(content)


def test_a_header_alone_is_taken_with_a_warning(read):
    sheet = read("工号,姓名\n")
    assert sheet.frame.is_empty()
    assert [(remark.code, remark.is_refusal) for remark in sheet.remarks] == [("no_rows", False)]


def test_a_row_with_too_many_cells_is_refused_and_not_cut_in_silence(read):
    sheet = read("工号,姓名,入职日期\nE1,张,敏,2026-10-05\nE2,李伟,2026-10-05,\nE3,王\n")
    assert [(remark.row, remark.code) for remark in sheet.remarks] == [(2, "row_too_long")]
    assert sheet.frame["row"].to_list() == [3, 4]
    assert sheet.raw["row"].to_list() == [2, 3, 4]


def test_error_cells_refuse_their_row_where_the_column_is_known(read):
    sheet = read("工号,姓名,备注\nE1,#N/A,x\nE2,李伟,#REF!\n")
    assert [(remark.row, remark.column, remark.code) for remark in sheet.remarks] == [(2, "name", "error_cell")]
    assert sheet.frame["employee_no"].to_list() == ["E2"]


def test_a_cell_too_long_refuses_its_row(read):
    sheet = read(f"工号,姓名\nE1,{'张' * 40_000}\nE2,李伟\n")
    assert [(remark.row, remark.code) for remark in sheet.remarks] == [(2, "cell_too_long")]


def test_a_quotation_mark_never_closed_is_refused_with_its_row(read):
    with pytest.raises(UnbalancedQuotes) as refused:
        read('工号,姓名\nE1,张敏\n"E2,李伟\nE3,王\n')
    assert refused.value.values["row"] == 3


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04abc", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0abc", b"<html><table></table>", b"\x89PNG\r\n"]
)
def test_a_file_that_lies_about_its_type(read, content):
    with pytest.raises(MisleadingFileType):
        read(content)


def test_binary_content(read):
    with pytest.raises(UnknownFileType):
        read(bytes(range(256)) * 8)


def test_an_unknown_suffix(read):
    with pytest.raises(UnknownFileType):
        read(TABLE, "people.docx")


def test_too_many_columns(read):
    with pytest.raises(TooManyColumns):
        read("工号,姓名" + "," * 400 + "\n")


def test_the_delimiter_is_the_one_that_makes_the_header_appear(read):
    sheet = read("工号;姓名;备注\nE1;张敏;a,b,c,d\n")
    assert sheet.frame.rows()[0][:3] == (2, "E1", "张敏")


def test_a_file_held_open_is_read_once(read, tmp_path):
    sheet = read(TABLE)
    assert read_sheet(tmp_path / "people.csv", COLUMNS) is sheet
    assert read_sheet(tmp_path / "people.csv", (Column("name", ("姓名",)),)) is not sheet


def test_headers_speak_the_readers_language():
    column = Column("hired_on", ("入职日期", "hired_on"))
    assert (column.header_in("zh-hans"), column.header_in("en")) == ("入职日期", "hired_on")
