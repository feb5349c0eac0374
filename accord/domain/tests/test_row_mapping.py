"""What rows count for, and what they come to."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.domain.periods import Frequency, Period
from accord.domain.row_mapping import (
    Aggregate,
    Counted,
    Counter,
    Place,
    Refused,
    aggregate,
    by_field,
    explain_refusal,
    looked_up,
    plain_text,
    read_rule,
)
from accord.domain.row_mapping.cells import as_instant, as_number
from accord.domain.row_mapping.problems import REFUSALS

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 29, tzinfo=UTC)
ONE = 1_000_000
BASE: dict[str, Any] = {
    "v": 1,
    "who": {"field": "owner", "by": "email"},
    "when": {"field": "at"},
    "aggregate": "sum",
    "value": {"field": "amount"},
}
ROW = {"_key": "1", "owner": "z@example.com", "at": "2026-10-05 09:00", "amount": "1"}


def count(rule: dict[str, Any], row: dict[str, str | None]) -> Any:
    return Counter(read_rule({**BASE, **rule}), Frequency.WEEK, Place(SHANGHAI, NOW)).count(row)


def code_of(rule: dict[str, Any], row: dict[str, str | None]) -> str:
    with pytest.raises(Refused) as refusal:
        count(rule, {**ROW, **row})
    for language in ("zh-hans", "en"):
        assert "{" not in explain_refusal(refusal.value.code, refusal.value.values, language)  # type: ignore[arg-type]
    return refusal.value.code


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-10-05T02:00:00Z", "2026-10-05T10:00:00+08:00"),
        ("2026-10-05T02:00:00+0200", "2026-10-05T08:00:00+08:00"),
        ("2026-10-05 02:00", "2026-10-05T02:00:00+08:00"),
        ("2026-10-05", "2026-10-05T00:00:00+08:00"),
        ("20261005", "2026-10-05T00:00:00+08:00"),
        ("2026/10/5 9:05", "2026-10-05T09:05:00+08:00"),
        ("2026年10月5日", "2026-10-05T00:00:00+08:00"),
        ("2026.10.5 9:05:07.25", "2026-10-05T09:05:07.250000+08:00"),
        ("1791165600", "2026-10-05T10:00:00+08:00"),
        ("1791165600000", "2026-10-05T10:00:00+08:00"),
        ("Mon, 05 Oct 2026 02:00:00 GMT", "2026-10-05T10:00:00+08:00"),
    ],
)
def test_instants_in_their_usual_spellings(text: str, iso: str) -> None:
    found = as_instant(text, SHANGHAI)
    assert found is not None
    assert found.isoformat() == iso


@pytest.mark.parametrize(
    "text", ["soon", "2026-13-01", "2026/10/5 later", "", "99999999999999", "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_instant(text: str) -> None:
    assert as_instant(text, SHANGHAI) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234.5", "1234.5"), ("-2", "-2"), ("−2", "-2"), (".5", "0.5"), ("1e3", "1E+3"), ("12,34", None), ("NaN", None),
     ("Infinity", None), ("", None), (".", None), ("3 days", None), ("0x10", None), ("１２", "12")],
)  # fmt: skip
def test_numbers(text: str, number: str | None) -> None:
    assert as_number(text) == (None if number is None else Decimal(number))


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12))
def test_a_number_survives_being_landed(number: Decimal) -> None:
    text = plain_text(number)
    assert text is not None
    assert as_number(text) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), ("  ", None), (" a\0b ", "ab"), (True, "true"), (False, "false"), (0.1, "0.1"), (7, "7"), ([], None),
     ({"b": 1, "a": [2]}, '{"a": [2], "b": 1}'), (datetime(2026, 10, 5, tzinfo=UTC), "2026-10-05T00:00:00+00:00")],
)  # fmt: skip
def test_whatever_a_source_answers_becomes_text(value: object, text: str | None) -> None:
    assert plain_text(value) == text


def test_why_a_row_cannot_count() -> None:
    assert code_of({}, {"owner": None}) == "who_missing"
    assert code_of({}, {"owner": "x" * 201}) == "who_too_long"
    assert code_of({}, {"at": None}) == "when_missing"
    assert code_of({}, {"at": "soon"}) == "when_unreadable"
    assert code_of({}, {"at": "1970-01-01T00:00:00Z"}) == "when_far"
    assert code_of({}, {"at": "2099-01-01"}) == "when_ahead"
    assert code_of({}, {"amount": None}) == "number_missing"
    assert code_of({}, {"amount": "lots"}) == "number_unreadable"
    assert code_of({}, {"amount": "9" * 30}) == "number_too_large"
    weighted = {"aggregate": "weighted_mean", "weight": {"field": "w"}}
    assert code_of(weighted, {"w": "-1"}) == "weight_negative"
    span = {"value": {"from": "at", "to": "end", "in": "minutes"}}
    assert code_of(span, {"end": "2026-10-05 08:59"}) == "ends_before_start"
    assert explain_refusal("from_the_future", {}, "en") == "The row cannot count (from_the_future)."
    assert "9:00" in explain_refusal("ends_before_start", {"start": "9:00", "end": "8:00"}, "en")
    assert {"key_missing", "total_too_large"} <= REFUSALS.keys()


def test_times_between_two_fields() -> None:
    span = {"value": {"from": "at", "to": "end", "in": "hours"}}
    assert count(span, {**ROW, "end": None}) is None
    assert count(span, {**ROW, "end": "2026-10-06T01:00:00Z"}).value == 24 * ONE
    working = {"value": {"from": "at", "to": "end", "in": "hours", "working": True}}
    assert count(working, {**ROW, "end": "2026-10-06 10:30"}).value == 9_500_000
    days = {"value": {"from": "at", "to": "end", "in": "days", "working": True}}
    assert count(days, {**ROW, "end": "2026-10-06 13:00"}).value == 1_375_000
    shifts = {
        "value": {**working["value"], "hours": {"mon": ["09:00-24:00"], "tue": ["00:00-01:00"]}, "days_off": False}
    }
    assert count(shifts, {**ROW, "end": "2026-10-06 10:30"}).value == 16 * ONE


def test_the_week_is_that_of_the_clock_that_the_rule_names() -> None:
    late = {**ROW, "at": "2026-10-04T18:00:00Z"}
    assert Period(count({}, late).period).label == "2026-W41"
    assert Period(count({"when": {"field": "at", "zone": "America/New_York"}}, late).period).label == "2026-W40"


@pytest.mark.parametrize(
    ("test", "value", "holds"),
    [
        ("equals", "OPEN", "open"), ("equals", "1.0", "1"), ("not_equals", "closed", "open"), ("in", ["a", "b"], "B"),
        ("not_in", ["a"], "b"), ("at_least", "9", "10"), ("at_most", "2026-10-05", "2026-10-04T00:00:00Z"),
        ("filled", None, "x"), ("empty", None, None), ("contains", "急", "很急"), ("not_equals", "x", None),
    ],
)  # fmt: skip
def test_filters(test: str, value: Any, holds: str | None) -> None:
    rule = {"filters": [{"field": "state", "is": test, **({} if value is None else {"value": value})}]}
    assert count(rule, {**ROW, "state": holds})
    turned = {"filled": None, "empty": "x", "equals": "other", "not_equals": value, "in": "c", "not_in": "a",
              "at_least": "8", "at_most": "2026-10-06", "contains": None}[test]  # fmt: skip
    assert count(rule, {**ROW, "state": turned}) is None


@pytest.mark.parametrize(
    ("done", "in_time"),
    [
        ("2026-10-05T15:59:00Z", True),  # one minute before midnight in Shanghai
        ("2026-10-05T16:00:00Z", False),
        ("2026-10-05 18:30", True),
        ("2026-10-06", False),
    ],
)
def test_what_is_done_on_the_due_day_is_done_in_time(done: str, in_time: bool) -> None:
    met = {"aggregate": "ratio", "value": None, "factor": "100"}
    row = {**ROW, "due": "2026-10-05", "closed": done}
    meets = [{"field": "closed", "is": "at_most", "value": {"field": "due"}}]
    turned = [{"field": "due", "is": "at_least", "value": {"field": "closed"}}]
    assert [count({**met, "meets": each}, row).value for each in (meets, turned)] == [ONE if in_time else 0] * 2


def test_looking_up_what_another_stream_says() -> None:
    lookup = {"stream": "answers", "on": ["_key", "ticket"], "as": "found"}
    not_own = [{"field": "by", "is": "not_equals", "value": {"field": "asker"}}]
    others = by_field(
        [
            {"ticket": "1", "at": "2026-10-05T09:30:00Z", "by": "agent", "n": "2"},
            {"ticket": "1", "at": "2026-10-05T11:00:00+02:00", "by": "asker", "n": "3.5"},
            {"ticket": "2", "at": "2026-10-04", "by": "agent", "n": "9"},
            {"ticket": None, "at": "2026-10-01", "by": "agent", "n": "9"},
        ],
        "ticket",
    )
    row = {**ROW, "asker": "ASKER"}

    def found(**how: Any) -> str | None:
        rule = read_rule({**BASE, "with": [{**lookup, **how}]})
        assert rule.fields_of("answers") >= {"ticket"}
        return looked_up(row, [(rule.lookups[0], others)], SHANGHAI)["found"]

    assert found(take="first", field="at") == "2026-10-05T11:00:00+02:00"
    assert found(take="last", field="at") == "2026-10-05T09:30:00Z"
    assert found(take="first", field="at", filters=not_own) == "2026-10-05T09:30:00Z"
    assert found(take="count") == "2"
    assert found(take="sum", field="n") == "5.5"
    assert found(take="first", field="nothing") is None
    rule = read_rule({**BASE, "with": [{**lookup, "take": "count", "filters": not_own}]})
    assert rule.fields() == {"owner", "at", "amount", "asker"}


NUMBERS = [Counted(1, 3 * ONE, 1 * ONE), Counted(3, 1 * ONE, 2 * ONE), Counted(2, 8 * ONE, 1 * ONE)]


@pytest.mark.parametrize(
    ("kind", "value"),
    [("count", 3), ("sum", 12), ("mean", 4), ("median", 3), ("percentile", 8), ("ratio", 3), ("weighted_mean", "3.25"),
     ("min", 1), ("max", 8), ("last", 1)],
)  # fmt: skip
def test_aggregates(kind: str, value: Any) -> None:
    assert aggregate(Aggregate(kind), NUMBERS, Decimal(90), Decimal(1)) == int(Decimal(value) * ONE)
    assert aggregate(Aggregate(kind), [], Decimal(90), Decimal(1)) is None


def test_edges_of_aggregates() -> None:
    assert aggregate(Aggregate.MEDIAN, NUMBERS[:2], Decimal(90), Decimal(1)) == 2 * ONE
    assert aggregate(Aggregate.PERCENTILE, NUMBERS, Decimal("0.01"), Decimal(1)) == ONE
    assert aggregate(Aggregate.RATIO, [Counted(1, ONE, 0)], Decimal(90), Decimal(1)) is None
    # Half a millionth is rounded away from zero on both sides.
    assert aggregate(Aggregate.SUM, [Counted(1, 1)], Decimal(90), Decimal("0.5")) == 1
    assert aggregate(Aggregate.SUM, [Counted(1, -1)], Decimal(90), Decimal("0.5")) == -1
    # 0.0049999997: to six decimals it would be 0.005, and from there to two 0.01.
    assert aggregate(Aggregate.SUM, [Counted(1, 49_999_997)], Decimal(90), Decimal("0.0001"), 2) == 0
    assert aggregate(Aggregate.SUM, [Counted(1, -15_000)], Decimal(90), Decimal(1), 2) == -20_000
    with pytest.raises(OverflowError):
        aggregate(Aggregate.SUM, [Counted(1, 2**62), Counted(1, 2**62)], Decimal(90), Decimal(1))


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=30), st.decimals("0.5", 100, places=1))
def test_a_percentile_is_the_value_of_a_row_that_enough_rows_do_not_exceed(
    values: list[int], percentile: Decimal
) -> None:
    found = aggregate(Aggregate.PERCENTILE, [Counted(1, value) for value in values], percentile, Decimal(1))
    assert found in values
    assert sum(value <= found for value in values) * 100 >= percentile * len(values)
    assert sum(value < found for value in values) * 100 < percentile * len(values)
