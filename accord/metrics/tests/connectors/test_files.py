"""Files in folders that an administrator named: each read once, and again when it changes."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from xlsxwriter import Workbook

from accord.foundation.error_catalogue import kept, told
from accord.metrics.connectors.files.connector import open_files
from accord.metrics.connectors.files.settings import read_files
from accord.metrics.connectors.guard import Guard
from accord.metrics.connectors.secrets import Secret
from accord.metrics.errors.connectors import (
    AnswerTooLarge,
    FileUnreadable,
    FolderNotNamed,
    HostMustBeListed,
    KeyNotUnique,
    LineBroken,
    SettingsNotUnderstood,
    SourceUnreachable,
    TooManyFiles,
)
from accord.metrics.tests.connectors.hostile import START, Clock
from accord.metrics.tests.connectors.sources import keys, read_all

DAY = "工号,日期,考勤结果\nYH0005,2026-11-0{0},正常\nYH0006,2026-11-0{0},迟到\n"
STREAM = {"pattern": "*.csv", "key": ["工号", "日期"], "fields": {"no": "工号", "day": "日期", "what": "考勤结果"}}


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.ACCORD_SOURCE_FOLDERS = [str(tmp_path / "exports")]
    place = tmp_path / "exports" / "attendance"
    place.mkdir(parents=True)
    return place


def put(path: Path, text: str | bytes, minutes_ago: int = 60) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    at = (START - timedelta(minutes=minutes_ago)).timestamp()
    os.utime(path, (at, at))


def opened(path: str = "attendance", **changes: Any) -> Any:
    settings = {"v": 1, "folder": path, "streams": {"days": {**STREAM, **changes}}}
    return open_files(settings, Secret(), Guard(), Clock().waits())


def test_new_and_changed_files_are_read_and_no_others(folder: Path) -> None:
    put(folder / "1.csv", DAY.format(1), 90)
    put(folder / "2.csv", DAY.format(2), 80)
    rows, cursor = read_all(opened())
    assert keys(rows) == ["YH0005/2026-11-01", "YH0006/2026-11-01", "YH0005/2026-11-02", "YH0006/2026-11-02"]
    assert rows[1]["what"] == "迟到"
    assert read_all(opened(), cursor)[0] == []
    put(folder / "1.csv", DAY.format(1).replace("迟到", "正常"), 50)
    put(folder / "3.csv", DAY.format(3), 70)
    rows, _cursor = read_all(opened(), cursor)
    assert keys(rows)[:2] == ["YH0005/2026-11-03", "YH0006/2026-11-03"], "the oldest first"
    assert rows[3]["what"] == "正常"


def test_a_file_that_may_still_be_written_waits_for_the_next_run(folder: Path) -> None:
    put(folder / "1.csv", "工号,日期,考", 0)
    assert read_all(opened())[0] == []


def test_only_the_newest_files_if_no_more_are_wanted(folder: Path) -> None:
    for number in range(1, 4):
        put(folder / f"{number}.csv", DAY.format(number), 100 - number)
    assert {row["day"] for row in read_all(opened(newest=2))[0]} == {"2026-11-02", "2026-11-03"}


def test_workbooks_and_lines_of_json(folder: Path) -> None:
    workbook = Workbook(folder / "1.xlsx")
    sheet = workbook.add_worksheet()
    for number, cells in enumerate((["考勤表"], ["工号", "日期", "考勤结果"], ["YH0005", "2026-11-01", "正常"])):
        sheet.write_row(number, 0, cells)
    workbook.close()
    put(folder / "1.xlsx", (folder / "1.xlsx").read_bytes())
    [row] = read_all(opened(pattern="*.xlsx"))[0]
    assert (row["no"], row["day"], row["what"]) == ("YH0005", "2026-11-01", "正常")
    put(folder / "1.jsonl", '{"id": 1, "who": {"no": "YH0005"}}\n\n{"id": 2, "who": null}\n')
    rows = read_all(opened(pattern="*.jsonl", key="id", fields={"no": "who.no"}))[0]
    assert [(row["_key"], row["no"]) for row in rows] == [("1", "YH0005"), ("2", None)]


def test_without_a_key_a_row_is_known_by_its_file_and_place(folder: Path) -> None:
    put(folder / "1.csv", DAY.format(1))
    rows = read_all(opened(key=[], fields={}))[0]
    assert keys(rows) == ["1.csv#2", "1.csv#3"]
    assert rows[0]["考勤结果"] == "正常"


@pytest.mark.parametrize(
    ("name", "text"),
    [("1.csv", "工号,日期\nYH0005,2026-11-01\n"), ("1.csv", b"\x00\x01\x02" * 50), ("1.jsonl", '{"id": 1}\n{"id"')],
)
def test_a_file_that_cannot_be_read_is_named(folder: Path, name: str, text: str | bytes) -> None:
    put(folder / name, text)
    with pytest.raises(FileUnreadable) as unreadable:
        read_all(opened(pattern="1.*", key="id") if name.endswith("jsonl") else opened())
    assert name in str(unreadable.value)


def test_different_rows_of_one_key_are_refused(folder: Path) -> None:
    put(folder / "1.csv", DAY.format(1))
    with pytest.raises(KeyNotUnique):
        read_all(opened(key="日期"))


def test_too_much_is_too_much(folder: Path) -> None:
    for number in range(3):
        put(folder / f"{number}.csv", DAY.format(number + 1) * 50)
    with pytest.raises(TooManyFiles):
        read_all(_limited({"files": 2}))
    with pytest.raises(AnswerTooLarge):
        read_all(_limited({"bytes": 1024}))


def _limited(limits: dict[str, int]) -> Any:
    settings = {"v": 1, "folder": "attendance", "limits": limits, "streams": {"days": STREAM}}
    return open_files(settings, Secret(), Guard(), Clock().waits())


OUT = ("/etc", "../..", "attendance/../../..", "", " ", "a\0b", "link", "link/inner", "attendance/out")


@pytest.mark.parametrize("path", OUT)
def test_no_way_leads_out_of_the_named_folders(folder: Path, path: str) -> None:
    outside = folder.parent.parent / "outside"
    (outside / "inner").mkdir(parents=True)
    (folder.parent / "link").symlink_to(outside)
    (folder / "out").symlink_to("/etc")
    with pytest.raises((FolderNotNamed, SettingsNotUnderstood)):
        opened(path)


def test_links_in_a_folder_are_not_followed(folder: Path) -> None:
    outside = folder.parent.parent / "outside"
    outside.mkdir()
    put(outside / "1.csv", DAY.format(1))
    (folder / "1.csv").symlink_to(outside / "1.csv")
    (folder / "more").symlink_to(outside)
    assert read_all(opened())[0] == []


def test_without_named_folders_nothing_is_read(folder: Path, settings: Any) -> None:
    settings.ACCORD_SOURCE_FOLDERS = []
    with pytest.raises(FolderNotNamed):
        opened(str(folder))


def test_a_whole_path_below_a_named_folder_is_as_good(folder: Path) -> None:
    put(folder / "1.csv", DAY.format(1))
    assert len(read_all(opened(str(folder)))[0]) == 2


def bucket(**changes: Any) -> Any:
    settings = {"bucket": "exports", "endpoint": "http://127.0.0.1:1", "user": "reader", "streams": {"days": STREAM}}
    return {"v": 1, **settings, **changes}


def test_an_object_store_is_read_from_allowed_hosts_only() -> None:
    with pytest.raises(HostMustBeListed):
        open_files(bucket(), Secret("geheim"), Guard())
    with pytest.raises(HostMustBeListed):
        open_files(bucket(endpoint=""), Secret("geheim"), Guard())


def test_an_object_store_that_is_down_is_said_to_be_down() -> None:
    connector = open_files(bucket(), Secret("geheim"), Guard(frozenset({("127.0.0.1", 1)})))
    with pytest.raises(SourceUnreachable) as down:
        connector.sample("days")
    assert "geheim" not in repr(down.value) + repr(vars(connector))


WRONG: tuple[dict[str, Any], ...] = (
    {"folder": "x"},
    {"endpoint": "ftp://x"},
    {"endpoint": "http://a:b@x"},
    {"streams": {}},
)


@pytest.mark.parametrize("wrong", WRONG)
def test_settings_that_cannot_be(wrong: dict[str, Any]) -> None:
    assert read_files(bucket(**wrong))[1]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "第 2 行不是完整的 JSON 对象"), ("en", "line 2 is no complete")]
)
def test_why_a_file_cannot_be_read_is_said_in_the_language_of_whoever_reads(language: str, words: str) -> None:
    with translation.override("en"):
        failure = kept(FileUnreadable(file="a.jsonl", reason=LineBroken(line=2)))
    with translation.override(language):
        assert words in told(failure["code"], json.loads(json.dumps(failure["values"])))[0]
