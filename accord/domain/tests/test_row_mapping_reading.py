"""Everything that is wrong with a rule is told at once, in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from accord.domain.row_mapping import RuleError, Span, read_rule
from accord.domain.row_mapping.problems import WORDINGS
from accord.domain.tests.test_row_mapping import BASE

STREAMS = {"tickets": ["owner", "at", "amount"], "answers": ["ticket", "at"]}
LOOKUP = {"stream": "answers", "on": ["_key", "ticket"], "take": "first", "field": "at", "as": "answered"}


def problems(rule: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleError) as error:
        read_rule(rule, "tickets", STREAMS)
    for problem in error.value.problems:
        assert "{" not in problem.explain("zh-hans") + problem.explain("en")
    return [(problem.place, problem.code) for problem in error.value.problems]


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"v": 2}, "v", "unknown_version"),
        ({"who": None}, "who", "object_expected"),
        ({"who": {"field": "boss", "by": "email"}}, "who.field", "field_unknown"),
        ({"who": {"field": "", "by": "email"}}, "who.field", "field_missing"),
        ({"who": {"field": "owner", "by": "face"}}, "who.by", "choice_unknown"),
        ({"when": {"field": "at", "zone": "Moon"}}, "when.zone", "zone_unknown"),
        ({"when": {"field": "at", "zone": "../etc/passwd"}}, "when.zone", "zone_unknown"),
        ({"aggregate": None}, "aggregate", "choice_unknown"),
        ({"value": None}, "value", "value_missing"),
        ({"value": 3}, "value", "object_expected"),
        ({"aggregate": "count"}, "value", "value_needless"),
        ({"aggregate": "ratio"}, "weight", "weight_missing"),
        ({"aggregate": "ratio", "value": None}, "meets", "ratio_incomplete"),
        ({"meets": [{"field": "at", "is": "filled"}]}, "meets", "meets_needless"),
        ({"weight": {"field": "at"}}, "weight", "weight_needless"),
        ({"weight": 3}, "weight", "object_expected"),
        ({"filters": {}}, "filters", "list_expected"),
        ({"filters": [3]}, "filters[0]", "object_expected"),
        ({"filters": [{"field": "at", "is": "filled"}] * 21}, "filters", "too_many"),
        ({"filters": [{"field": "at", "is": "equals"}]}, "filters[0].value", "filter_value_missing"),
        ({"filters": [{"field": "at", "is": "in", "value": "x"}]}, "filters[0].value", "filter_value_missing"),
        ({"filters": [{"field": "at", "is": "empty", "value": "x"}]}, "filters[0].value", "filter_value_needless"),
        ({"percentile": 0}, "percentile", "percentile_outside"),
        ({"factor": "much"}, "factor", "factor_not_a_number"),
        ({"factor": 0}, "factor", "factor_not_a_number"),
        ({"facter": 1}, "facter", "unknown_setting"),
        ({"value": {"from": "at", "to": "end", "in": "hours"}}, "value.to", "field_unknown"),
        ({"value": {"from": "at", "to": "at", "in": "hours", "working": 1}}, "value.working", "truth_expected"),
        ({"with": [{**LOOKUP, "stream": "tickets"}]}, "with[0].stream", "same_stream"),
        ({"with": [{**LOOKUP, "stream": "people"}]}, "with[0].stream", "stream_unknown"),
        ({"with": [{**LOOKUP, "stream": None}]}, "with[0].stream", "stream_missing"),
        ({"with": [{**LOOKUP, "on": "ticket"}]}, "with[0].on", "on_expected"),
        ({"with": [{**LOOKUP, "as": "owner"}]}, "with[0].as", "name_taken"),
        ({"with": [{**LOOKUP, "as": ""}]}, "with[0].as", "field_missing"),
        ({"with": [LOOKUP, {**LOOKUP, "as": "b", "on": ["answered", "ticket"]}]}, "with[1].on[0]", "own_is_added"),
    ],
)
def test_what_is_wrong_and_where(change: dict[str, Any], place: str, code: str) -> None:
    assert (place, code) in problems({**BASE, **change})


@pytest.mark.parametrize(
    ("hours", "place", "code"),
    [
        (3, "value.hours", "object_expected"),
        ({"monday": []}, "value.hours.monday", "unknown_setting"),
        ({"mon": "9-5"}, "value.hours.mon", "list_expected"),
        ({"mon": ["9-5"]}, "value.hours.mon", "hours_unreadable"),
        ({"mon": ["12:00-09:00"]}, "value.hours.mon", "hours_unreadable"),
        ({"mon": ["09:00-12:00", "11:00-13:00"]}, "value.hours.mon", "hours_unreadable"),
        ({"mon": []}, "value.hours", "hours_empty"),
    ],
)
def test_working_hours_that_cannot_be_read(hours: Any, place: str, code: str) -> None:
    value = {"from": "at", "to": "at", "in": "hours", "working": True, "hours": hours}
    assert (place, code) in problems({**BASE, "value": value})


def test_everything_is_told_at_once() -> None:
    assert len(problems({**BASE, "v": 2, "who": {"field": "boss", "by": "face"}, "factor": 0})) == 4
    assert problems([]) == [("", "not_a_rule")]
    with pytest.raises(RuleError, match="not_a_rule"):
        read_rule(None)


def test_a_whole_rule() -> None:
    rule = read_rule(
        {**BASE, "with": [LOOKUP], "aggregate": "median", "value": {"from": "at", "to": "answered", "in": "minutes"}},
        "tickets",
        STREAMS,
    )
    assert isinstance(rule.value, Span)
    assert rule.fields() == {"owner", "at"}
    assert rule.fields_of("answers") == {"ticket", "at"}
    assert rule.streams() == {"answers"}
    assert all(wording.zh and wording.en for wording in WORDINGS.values())
