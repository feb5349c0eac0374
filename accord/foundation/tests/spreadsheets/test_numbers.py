"""Numbers as people write them become exactly the number they mean, or a reason."""

from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.numbers import to_micro
from accord.foundation.spreadsheets.numbers import FAULTS, number_fault, read_numbers


def micro(text: str | None) -> int | None:
    return read_numbers(pl.Series([text], dtype=pl.String))["micro"][0]


def fault(text: str) -> str | None:
    return read_numbers(pl.Series([text]))["fault"][0]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("-0", "0"),
        ("1001", "1001"),
        ("00012", "12"),
        ("1234.5", "1234.5"),
        ("+5", "5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("1,234.5", "1234.5"),
        ("12,345,678", "12345678"),
        ("１２３", "123"),
        ("１，２３４．５", "1234.5"),
        ("－5", "-5"),
        ("−5", "-5"),
        ("12%", "0.12"),
        ("12.5 %", "0.125"),
        ("１２％", "0.12"),
        ("-3%", "-0.03"),
        ("3.2万", "32000"),
        ("3.2 万元", "32000"),
        ("3.2w", "32000"),
        ("1.5亿", "150000000"),
        ("2百万", "2000000"),
        ("1万亿", "1000000000000"),
        ("8千", "8000"),
        ("10K", "10000"),
        ("(123)", "-123"),
        ("（1,234.50）", "-1234.5"),
        ("(12%)", "-0.12"),
        ("¥1,200", "1200"),
        ("￥1,200", "1200"),
        ("-¥1,200", "-1200"),
        ("¥-1,200", "-1200"),
        ("$ 5", "5"),
        ("RMB 1,200.00", "1200"),
        ("1200元", "1200"),
        ("1e3", "1000"),
        ("1.5E+3", "1500"),
        ("25e-4", "0.0025"),
        ("1e-400", "0"),
        ("  7  ", "7"),
        ("0.0000005", "0.000001"),
        ("-0.0000005", "-0.000001"),
        ("0.00000049999999999999999999", "0"),
        ("99999999999999999999e-12", "100000000"),
        ("9223372036854.775807", "9223372036854.775807"),
        ("-9223372036854.775808", "-9223372036854.775808"),
        ("9223372036854.7758074", "9223372036854.775807"),
    ],
)
def test_a_number_as_people_write_it(text, number):
    assert (micro(text), fault(text)) == (to_micro(Decimal(number)), None)


@pytest.mark.parametrize("text", [None, "", "  ", "-", " - ", "--", "—", "——", "/", "无", "N/A"])
def test_nothing_written_is_missing_and_no_fault(text):
    assert read_numbers(pl.Series([text], dtype=pl.String)).row(0) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NaN", "number_not_finite"),
        ("inf", "number_not_finite"),
        ("-Infinity", "number_not_finite"),
        ("∞", "number_not_finite"),
        ("1e400", "number_too_large"),
        ("1e13", "number_too_large"),
        ("9223372036854.775808", "number_too_large"),
        ("9223372036854.7758075", "number_too_large"),
        ("-9223372036854.775809", "number_too_large"),
        ("1" * 60, "number_too_large"),
        ("10万亿", "number_too_large"),
        ("abc", "number_unreadable"),
        ("1,23", "number_unreadable"),
        ("1,2345", "number_unreadable"),
        ("1.234,5", "number_unreadable"),
        ("1 2", "number_unreadable"),
        ("12.5.1", "number_unreadable"),
        ("--5", "number_unreadable"),
        ("+-5", "number_unreadable"),
        ("(5", "number_unreadable"),
        ("(-5)", "number_unreadable"),
        ("%", "number_unreadable"),
        ("¥", "number_unreadable"),
        ("e5", "number_unreadable"),
        (".", "number_unreadable"),
        ("1e", "number_unreadable"),
        ("3%万", "number_unreadable"),
        ("0x10", "number_unreadable"),
        ("٣", "number_unreadable"),
        ("三", "number_unreadable"),
        ("=1+1", "number_unreadable"),
        ("2026-10-05", "number_unreadable"),
    ],
)
def test_what_is_no_number_says_why(text, code):
    assert (micro(text), fault(text)) == (None, code)


def test_a_percentage_is_told_both_ways():
    answers = read_numbers(pl.Series(["12%", "0.12", "(3.5%)"]))
    assert answers["micro"].to_list() == [120_000, 120_000, -35_000]
    assert answers["percent_micro"].to_list() == [12_000_000, None, -3_500_000]


def test_each_row_keeps_its_place():
    answers = read_numbers(pl.Series(["1", "x", "2", None, "3万", "", "4"]))
    assert answers["micro"].to_list() == [1_000_000, None, 2_000_000, None, 30_000_000_000, None, 4_000_000]
    assert answers["fault"].to_list() == [None, "number_unreadable", None, None, None, None, None]


def test_a_fault_becomes_a_sentence():
    assert "“abc”" in str(number_fault(7, "value", "number_unreadable", "abc"))
    assert set(FAULTS) == {"number_unreadable", "number_not_finite", "number_too_large"}


NUMBERS = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=9
) | st.decimals(allow_nan=False, allow_infinity=False, min_value=-10, max_value=10, places=18)


def expected(number: Decimal) -> int | None:
    try:
        return to_micro(number)
    except ValueError:
        return None


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=1, max_size=40))
def test_every_way_of_writing_agrees_with_exact_decimals(numbers):
    ways = {
        "plain": [format(number, "f") for number in numbers],
        "grouped": [format(number, ",f") for number in numbers],
        "exponent": [format(number, "e") for number in numbers],
        "full width": [
            format(number, "f").translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.-"}) for number in numbers
        ],
    }
    for texts in ways.values():
        answers = read_numbers(pl.Series(texts))
        assert answers["micro"].to_list() == [expected(number) for number in numbers]
        assert (answers["fault"].is_null() == answers["micro"].is_not_null()).all()


@settings(deadline=None)
@given(st.lists(st.decimals(min_value=-(10**6), max_value=10**6, places=12), min_size=1, max_size=40))
def test_units_percent_and_brackets_agree_with_exact_decimals(numbers):
    def read(texts: list[str]) -> list[int | None]:
        return read_numbers(pl.Series(texts))["micro"].to_list()

    assert read([f"{number:f}万" for number in numbers]) == [expected(number * 10_000) for number in numbers]
    assert read([f"{number:f}%" for number in numbers]) == [expected(number / 100) for number in numbers]
    assert read([f"¥({abs(number):f})"[1:] for number in numbers]) == [expected(-abs(number)) for number in numbers]


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text):
    answers = read_numbers(pl.Series([text, "1"]))
    assert answers["micro"][1] == 1_000_000
    assert answers["micro"][0] is None or answers["fault"][0] is None
