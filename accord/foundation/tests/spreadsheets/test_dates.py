"""Dates as people write them."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.foundation.spreadsheets.dates import date_fault, read_dates


def read(text: str | None) -> tuple[date | None, str | None]:
    return read_dates(pl.Series([text], dtype=pl.String)).row(0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-10-05", "2026-10-5", "2026/10/5", "2026.10.05", "2026年10月5日", "2026 年 10 月 5 日", "2026年10月5号",
        "20261005", "２０２６－１０－０５", " 2026-10-05 ", "2026-10-05 00:00:00", "2026-10-05 09:30",
        "2026-10-05T09:30:00Z", "46300", "46300.0",
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(text):
    assert read(text) == (date(2026, 10, 5), None)


@pytest.mark.parametrize("text", [None, "", "-", "无", "  "])
def test_nothing_written_is_missing(text):
    assert read(text) == (None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-02-30", "date_impossible"),
        ("2026-13-01", "date_impossible"),
        ("20260229", "date_impossible"),
        ("2026年2月29日", "date_impossible"),
        # Nobody can know which is the month.
        ("10/5/2026", "date_unreadable"),
        ("05-10-2026", "date_unreadable"),
        ("26-10-05", "date_unreadable"),
        ("0026-10-05", "date_unreadable"),
        ("0000-00-00", "date_unreadable"),
        ("2026-10", "date_unreadable"),
        ("2026", "date_unreadable"),
        ("12345", "date_unreadable"),
        ("明天", "date_unreadable"),
        ("=TODAY()", "date_unreadable"),
    ],
)
def test_what_is_no_date_says_why(text, code):
    assert read(text) == (None, code)


@settings(deadline=None)
@given(st.lists(st.dates(min_value=date(1000, 1, 1)), min_size=1, max_size=30))
def test_every_way_of_writing_gives_the_same_day(days):
    for form in ("{0.year}-{0.month:02}-{0.day:02}", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日"):
        assert read_dates(pl.Series([form.format(day) for day in days]))["date"].to_list() == days


@settings(deadline=None)
@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    assert read_dates(pl.Series([text, "2026-10-05"]))["date"].to_list()[1] == date(2026, 10, 5)


def test_a_fault_becomes_a_sentence():
    assert "2026-02-30" in str(date_fault(3, "hired_on", "date_impossible", "2026-02-30"))
