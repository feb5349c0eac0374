"""Answers in settings and back, and what rows of an unknown system give away."""

from typing import Any

import pytest

from accord.domain.source_answers import answers_in, filled
from accord.domain.source_hints import Hint, fields_seen, hints_of, kind_of, zone_hint

PRESET: dict[str, Any] = {
    "base": "<address>/api",
    "user": "<user>",
    "size": "<size>",
    "list": ["<first>", {"link": "<address>/t?id={key}"}],
    "v": 1,
}


def test_answers_fill_their_places_and_are_read_back() -> None:
    answers = {"address": "https://x.example.com", "user": "", "size": "50", "first": "a"}
    settings = filled(PRESET, answers)
    assert settings == {
        "base": "https://x.example.com/api",
        "size": 50,
        "list": ["a", {"link": "https://x.example.com/t?id={key}"}],
        "v": 1,
    }
    assert answers_in(PRESET, settings) == answers
    assert PRESET["user"] == "<user>", "the preset itself stays as it is"


def test_what_was_changed_by_hand_stays() -> None:
    stored = {"base": "https://old.example.com/api", "more": {"x": 1}, "list": ["b"]}
    settings = filled(PRESET, {"address": "https://new.example.com", "user": "u", "size": "", "first": "c"}, stored)
    assert settings == {"base": "https://new.example.com/api", "more": {"x": 1}, "list": ["c"], "user": "u"}
    assert stored["base"] == "https://old.example.com/api"


def test_what_was_written_anew_answers_nothing() -> None:
    assert answers_in({"base": "<address>/api"}, {"base": "ftp://elsewhere"}) == {}
    assert answers_in({"a": {"b": "<x>"}}, {"a": "text"}) == {"x": ""}
    assert filled({"a": {"b": "<x>"}}, {"x": "1"}, {"a": "text"}) == {"a": "text"}
    assert filled({"a": ["<x>"]}, {"x": "1"}, {"a": []}) == {"a": []}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["2026-11-05", "2026/1/5 10:00"], "date"),
        (["1,234.5", 3, "12%"], "number"),
        (["a@x.example"], "mail"),
        (["a@x.example", "b"], "text"),
        ([[1], {"a": 1}], "list"),
        ([None, "", []], "empty"),
        ([True], "text"),
    ],
)
def test_a_field_is_of_the_kind_that_all_its_values_are(values: list[Any], kind: str) -> None:
    assert kind_of(values) == kind


def _hints(rows: list[dict[str, Any]], stream: dict[str, Any], **more: int) -> list[Hint]:
    names = list(stream.get("fields") or rows[0])
    return hints_of(rows, stream, fields_seen(rows, names), **more)


def test_unset_dates_are_noticed_until_they_are_named() -> None:
    rows = [{"solved": "1970-01-01T00:00:00Z"}, {"solved": "2026-11-05T08:00:00Z"}, {"solved": None}]
    (hint,) = _hints(rows, {})
    assert hint == Hint("unset_date", {"field": "solved", "value": "1970-01-01T00:00:00Z", "rows": 1})
    assert _hints(rows, {"unset": ["1970-01-01T00:00:00Z"]}) == []


def test_a_stamp_that_is_empty_until_the_first_edit_is_noticed() -> None:
    rows = [{"changed": None}, {"changed": "2026-11-05"}]
    stream: dict[str, Any] = {"fields": {"changed": "changed"}, "since": {"field": "changed"}}
    assert [hint.code for hint in _hints(rows, stream)] == ["empty_stamp"]
    stream["since"]["fallback"] = ["created"]
    assert _hints(rows, stream) == []


def test_capped_pages_closed_rows_and_empty_fields_are_noticed() -> None:
    rows = [{"status": "open", "x": None} for _ in range(10)]
    codes = [hint.code for hint in _hints(rows, {"paging": {"size": 500}}, total=200, page=100)]
    assert codes == ["capped_page", "open_only", "empty_field"]
    rows[0]["status"] = "已关闭"
    rows[0]["x"] = "1"
    assert _hints(rows, {"paging": {"size": 500}}, total=100, page=100) == []


def test_another_zone_than_assumed_is_noticed() -> None:
    assert zone_hint("Asia/Shanghai", "UTC") == [Hint("other_zone", {"zone": "Asia/Shanghai", "assumed": "UTC"})]
    assert zone_hint("UTC", "UTC") == zone_hint("", "UTC") == []
