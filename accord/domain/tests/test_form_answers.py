"""Checking answers: what is kept, what is refused with which words, and what nobody can change from outside."""

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.form_schema import KINDS, Form, read_form
from accord.domain.form_schema.checking import Checked
from accord.domain.form_schema.problem_words import OF_ANSWERS
from accord.domain.tests.form_cases import NAMES, Known, Named, field, form, made_of

SBI = {"situation": "周会上", "behaviour": "打断三次", "impact": "讨论中止"}
COLUMNS = [
    field("text", key="what", label="事项", required=True),
    field("number", key="share", label="占比", max=100),
    field("date", key="due", label="截止"),
]


def one(kind: str, **own: Any) -> Form:
    return read_form(made_of(field(kind, **own)))


def checked(form: Form, raw: dict[str, Any], step: str = "start", **options: Any) -> Checked:
    return form.check(raw, step, known=Known(), **{"stored": {}, **options})


def codes(result: Checked) -> dict[str, list[str]]:
    return {place: [problem.code for problem in found] for place, found in result.problems.items()}


# A kind, its own settings, what is handed in, what is kept.
KEPT: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("text", {}, "  a\r\nb\x00 ", "a b"),
    ("text", {"max_length": 3}, "三个字", "三个字"),
    ("long_text", {}, "a\r\nb\x00\ud800", "a\nb"),
    ("number", {}, "12.50", "12.5"),
    ("number", {}, " １，２３４．５ ", "1234.5"),
    ("number", {}, "1,234,567", "1234567"),
    ("number", {}, "-0", "0"),
    ("number", {}, "−3", "-3"),
    ("number", {}, 12, "12"),
    ("number", {}, 0.1, "0.1"),
    ("number", {"unit": {"zh": "%"}}, "９２％", "92"),
    ("number", {"unit": {"zh": "万元", "en": "k CNY"}}, "3.5 万元", "3.5"),
    ("number", {"min": 0, "max": "1.5", "decimals": 1}, "1.5", "1.5"),
    ("choice", {}, "b", "b"),
    ("multi_choice", {}, ["c", "a", "a"], ["a", "c"]),
    ("multi_choice", {}, "b", ["b"]),
    ("rating", {}, "２", 2),
    ("rating", {}, 3, 3),
    ("date", {}, "2026-01-31", "2026-01-31"),
    ("date", {}, "2026年1月5日", "2026-01-05"),
    ("date", {}, "２０２６/1/5", "2026-01-05"),
    ("person", {}, "7", 7),
    ("org_unit", {}, 5, 5),
    ("attachment", {}, ["2", 1, 1], [2, 1]),
    ("sbi", {}, SBI | {"suggestion": " ", "other": "x"}, SBI),
    ("table", {"columns": COLUMNS}, [{"what": "甲", "share": "５"}, {}, {"what": " "}], [{"what": "甲", "share": "5"}]),
]


@pytest.mark.parametrize(("kind", "own", "raw", "kept"), KEPT, ids=[f"{row[0]} {row[3]}" for row in KEPT])
def test_an_answer_is_kept_in_one_form(kind: str, own: dict[str, Any], raw: Any, kept: Any) -> None:
    result = checked(one(kind, **own), {"it": raw})
    assert (result.answers, result.problems) == ({"it": kept}, {})
    again = checked(one(kind, **own), json.loads(json.dumps(result.answers)))
    assert (again.answers, again.problems) == (result.answers, {})


REFUSED: list[tuple[str, dict[str, Any], Any, str, str]] = [
    ("text", {}, ["a"], "unreadable", "it"),
    ("text", {"max_length": 3}, "四个字呀", "answer_too_long", "it"),
    ("number", {}, "1,5", "not_a_number", "it"),
    ("number", {}, "1e5", "not_a_number", "it"),
    ("number", {}, "abc", "not_a_number", "it"),
    ("number", {}, "9" * 100_000, "not_a_number", "it"),
    ("number", {}, "9" * 19, "too_many_digits", "it"),
    ("number", {}, 10**5_000, "too_many_digits", "it"),
    ("number", {}, float("nan"), "not_a_number", "it"),
    ("number", {}, True, "unreadable", "it"),
    ("number", {}, "0.1234567", "too_many_decimals", "it"),
    ("number", {"decimals": 0}, "1.5", "no_decimals", "it"),
    ("number", {"min": 1}, "0", "below_least", "it"),
    ("number", {"max": 1}, "2", "above_most", "it"),
    ("choice", {}, "z", "not_a_choice", "it"),
    ("choice", {}, ["a"], "not_a_choice", "it"),
    ("multi_choice", {}, ["a", "z"], "not_a_choice", "it"),
    ("multi_choice", {"max_picks": 1}, ["a", "b"], "too_many_picks", "it"),
    ("multi_choice", {"min_picks": 2}, ["a"], "too_few_picks", "it"),
    ("rating", {}, "9", "not_a_choice", "it"),
    ("rating", {}, True, "not_a_choice", "it"),
    ("date", {}, "2026-02-30", "not_a_date", "it"),
    ("date", {}, 20260131, "unreadable", "it"),
    ("date", {"min": "2026-01-01"}, "2025-12-31", "too_early", "it"),
    ("date", {"max": "2026-01-01"}, "2026-01-02", "too_late", "it"),
    ("person", {}, "77", "unknown_person", "it"),
    ("person", {}, "李经理", "unknown_person", "it"),
    ("org_unit", {}, 77, "unknown_unit", "it"),
    ("attachment", {}, [3], "unknown_file", "it"),
    ("attachment", {"max_files": 1}, [1, 2], "too_many_files", "it"),
    ("sbi", {}, "text", "unreadable", "it"),
    ("sbi", {}, SBI | {"impact": ""}, "missing", "it.impact"),
    ("sbi", {}, SBI | {"impact": "x" * 2_001}, "answer_too_long", "it.impact"),
    ("table", {"columns": COLUMNS}, "text", "unreadable", "it"),
    ("table", {"columns": COLUMNS, "max_rows": 1}, [{"what": "a"}, {"what": "b"}], "too_many_rows", "it"),
    ("table", {"columns": COLUMNS, "min_rows": 2}, [{"what": "a"}], "too_few_rows", "it"),
    ("table", {"columns": COLUMNS}, [{"what": "a"}, {"share": "5"}], "missing", "it[1].what"),
    ("table", {"columns": COLUMNS}, [{"what": "a"}, {"what": "b", "share": "101"}], "above_most", "it[1].share"),
]


@pytest.mark.parametrize(
    ("kind", "own", "raw", "code", "place"), REFUSED, ids=[f"{row[0]} {row[3]}" for row in REFUSED]
)
def test_a_wrong_answer_is_told_and_not_kept(kind: str, own: dict[str, Any], raw: Any, code: str, place: str) -> None:
    result = checked(one(kind, **own), {"it": raw})
    assert codes(result) == {place: [code]}
    [[problem]] = result.problems.values()
    for language, stop in (("zh-hans", "。"), ("en", ".")):
        sentence = problem.explain(language)  # type: ignore[arg-type]
        assert sentence.endswith(stop)
        assert "“" in sentence
        assert not set("{}！") & set(sentence)


def test_every_problem_of_an_answer_is_met_here() -> None:
    assert set(OF_ANSWERS) == {row[3] for row in REFUSED}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].is_asked])
@pytest.mark.parametrize("blank", [None, "", "  ", [], {}])
def test_nothing_is_missing_where_it_is_required_and_fine_elsewhere(kind: str, blank: Any) -> None:
    assert checked(one(kind), {"it": blank}) == Checked({}, {})
    assert codes(checked(one(kind, required=True), {"it": blank})) == {"it": ["missing"]}
    assert codes(checked(one(kind, required=True), {})) == {"it": ["missing"]}


def test_a_cell_is_named_by_its_row_and_column() -> None:
    result = checked(one("table", columns=COLUMNS), {"it": [{"what": "a"}, {"share": "x"}]})
    assert result.problems["it[1].share"][0].explain("zh-hans").startswith("第 2 行“占比”：")
    result = checked(one("table", columns=COLUMNS), {"it": [{"share": "1"}]})
    assert result.problems["it[0].what"][0].explain("zh-hans") == "第 1 行：请填写“事项”。"


def test_a_draft_may_lack_something_and_yet_takes_no_nonsense() -> None:
    minutes = form("one_on_one")
    draft = checked(minutes, {"topics": ["growth"], "met_on": "someday"}, to_hand_in=False)
    assert draft.answers == {"topics": ["growth"]}
    assert codes(draft) == {"met_on": ["not_a_date"]}
    assert set(codes(checked(minutes, {}, stored=draft.answers))) == {"met_on", "agreed", "actions"}


def test_a_wrong_answer_leaves_the_stored_one() -> None:
    result = checked(one("number"), {"it": "x"}, stored={"it": "5"})
    assert result.answers == {"it": "5"}


def test_what_is_not_named_stays_and_what_is_emptied_goes() -> None:
    two = read_form(made_of(field("text", key="a"), field("text", key="b")))
    assert checked(two, {"a": ""}, stored={"a": "1", "b": "2"}).answers == {"b": "2"}


def test_a_step_changes_only_what_it_may() -> None:
    """Whatever the author posts, it writes no score of the manager, nothing computed and nothing prefilled."""
    monthly = form("self_assessment")
    stored = {"lead_score": "70", "hr_note": "内部"}
    forged = {"lead_score": "120", "hr_note": "x", "weights": "100", "nobody": "x"}
    result = checked(monthly, forged | {"overall": 3}, stored=stored, to_hand_in=False)
    assert result.answers == stored | {"overall": 3}
    result = checked(monthly, {"lead_score": "120", "overall": 1}, "lead", stored=result.answers, to_hand_in=False)
    assert result.answers == {"lead_score": "120", "hr_note": "内部", "overall": 3}
    progress = form("monthly_progress")
    prefilled = {"attainment": {"value": "97.5", "origin": {"batch": 1}}}
    forged = {"attainment": {"value": "120"}}
    assert checked(progress, forged, stored=prefilled, to_hand_in=False).answers == prefilled


def test_a_field_hidden_by_its_condition_keeps_its_answer_which_does_not_count() -> None:
    """So that turning a condition off and on again loses nothing."""
    progress = form("monthly_progress")
    there = {"state": "at_risk", "summary": "一句", "obstacle": "缺人"}
    result = checked(progress, {"state": "on_track", "obstacle": "改了"}, stored=there)
    assert (result.answers, result.problems) == (there | {"state": "on_track"}, {})
    assert progress.look(result.answers, "start").values["obstacle"] is None
    assert not progress.look(result.answers, "start")["obstacle"].given
    again = checked(progress, {"state": "off_track"}, stored=result.answers)
    assert (again.answers["obstacle"], again.problems) == ("缺人", {})


def test_a_field_shown_by_what_is_handed_in_is_required_at_once() -> None:
    progress = form("monthly_progress")
    assert codes(checked(progress, {"state": "at_risk", "summary": "一句"})) == {"obstacle": ["missing"]}
    assert codes(checked(progress, {"state": "on_track", "summary": "一句"})) == {}


def test_a_frozen_field_keeps_its_answer_whatever_is_posted() -> None:
    frozen = frozenset({"hours", "overall"})
    monthly = form("self_assessment")
    result = checked(monthly, {"hours": "9", "overall": 3}, stored={"hours": "5"}, frozen=frozen, to_hand_in=False)
    # Only optional fields can be frozen: the rating is there for everybody.
    assert result.answers == {"hours": "5", "overall": 3}


def test_computed_values_are_worked_out_on_the_server() -> None:
    monthly = form("self_assessment")
    rows = [{"item": "甲", "weight": "60", "score": "90"}, {"item": "乙", "weight": "40", "score": "80.5"}]
    result = checked(monthly, {"work": rows, "overall": 3, "weights": "1"})
    assert (result.answers["weights"], result.problems) == ("100", {})
    emptied = checked(monthly, {"work": []}, stored=result.answers, to_hand_in=False)
    assert emptied.answers == {"overall": 3}


COMPUTED: list[tuple[str, dict[str, Any], str | None]] = [
    ("a / 3", {}, "3.333333"),
    ("a / 3", {"decimals": 2}, "3.33"),
    ("a / 2", {"decimals": 2}, "5.00"),
    ("a / 16", {"decimals": 2}, "0.63"),
    ("-a / 16", {"decimals": 2}, "-0.63"),
    ("a * 10", {}, "100"),
    ("a / 0", {}, None),
    ("a + b", {}, None),
    ("if(a > 5, '达标', '未达标')", {}, "达标"),
    ("a > 5", {}, None),
    ("today()", {}, "2026-01-31"),
    ("if(a > 5, 'NaN', 1)", {}, "NaN"),
]


@pytest.mark.parametrize(("formula", "own", "result"), COMPUTED)
def test_a_formula_gives_a_number_or_a_text_or_nothing(formula: str, own: dict[str, Any], result: str | None) -> None:
    fields = [field("number", key="a"), field("number", key="b"), field("calculated", key="c", formula=formula, **own)]
    read = read_form(made_of(*fields, field("text", key="d", visible_if="c > 0")))
    today = {"today": "2026-01-31"}
    assert checked(read, {"a": "10"}, extra=today).answers.get("c") == result
    assert read.look({"a": "10"}, "start", extra=today).calculated == {"c": result}


def test_others_see_a_computed_value_as_people_see_it() -> None:
    read = read_form(
        made_of(
            field("calculated", key="double", formula="third * 2"),
            field("calculated", key="third", formula="10 / 3", decimals=1),
        )
    )
    assert read.look({}, "start").calculated == {"double": "6.6", "third": "3.3"}


TEXTS: list[tuple[str, dict[str, Any], Any, str, str]] = [
    ("text", {}, "甲", "甲", "甲"),
    ("number", {"unit": {"zh": "天", "en": "days"}}, "3", "3 天", "3 days"),
    ("number", {"unit": {"zh": "%"}}, "92", "92%", "92%"),
    ("choice", {}, "b", "选项b", "选项b"),
    ("multi_choice", {}, ["a", "c"], "选项a、选项c", "选项a, 选项c"),
    ("rating", {}, 2, "2：2 分", "2: 2 分"),
    ("date", {}, "2026-01-31", "2026-01-31", "2026-01-31"),
    ("person", {}, 7, "李经理", "李经理"),
    ("org_unit", {}, 5, "运营部", "运营部"),
    ("metric", {}, {"value": "97.5", "origin": {}}, "97.5", "97.5"),
    ("attachment", {}, [1, 2], "1.pdf\n2.pdf", "1.pdf\n2.pdf"),
    ("heading", {}, None, "", ""),
    ("calculated", {"unit": "天"}, "3", "3 天", "3 天"),
    ("sbi", {}, {"situation": "甲", "impact": "乙"}, "情境：甲\n影响：乙", "Situation: 甲\nImpact: 乙"),
    ("table", {"columns": COLUMNS}, [{"what": "甲", "share": "5"}], "事项：甲；占比：5", "事项: 甲; 占比: 5"),
]


@pytest.mark.parametrize(("kind", "own", "answer", "zh", "en"), TEXTS)
def test_an_answer_can_be_read_in_a_document(kind: str, own: dict[str, Any], answer: Any, zh: str, en: str) -> None:
    it = one(kind, **own).field("it")
    assert (it.as_text(answer, "zh-hans", Named()), it.as_text(answer, "en", Named())) == (zh, en)


@pytest.mark.parametrize("kind", KINDS)
def test_no_answer_is_no_text_no_value_and_empty(kind: str) -> None:
    it = one(kind).field("it")
    assert it.is_empty(None)
    assert it.value(None) is None
    assert it.as_text(None, "zh-hans", Named()) == ""


VALUES: list[tuple[str, Any, Any]] = [
    ("number", "12.5", Decimal("12.5")),
    ("choice", "a", "a"),
    ("multi_choice", ["a"], ["a"]),
    ("rating", 2, Decimal(2)),
    ("person", 7, Decimal(7)),
    ("metric", {"value": "97.5"}, Decimal("97.5")),
    ("attachment", [1], [Decimal(1)]),
    ("calculated", "3.5", Decimal("3.5")),
    ("calculated", "达标", "达标"),
    ("sbi", SBI, "周会上\n打断三次\n讨论中止"),
    ("table", [{"name": "x"}], [{"name": "x"}]),
]


@pytest.mark.parametrize(("kind", "answer", "value"), VALUES)
def test_conditions_see_answers_as_values(kind: str, answer: Any, value: Any) -> None:
    assert one(kind).field("it").value(answer) == value


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4),
    max_leaves=10,
)
LIKELY = st.sampled_from(["at_risk", "2026-01-31", "５", "1,000", 3, ["people"], ["1"], [{"what": "a", "who": 3}], SBI])


@settings(max_examples=300)
@given(st.sampled_from(NAMES), st.data())
def test_whatever_is_posted_is_kept_well_or_told(name: str, data: st.DataObject) -> None:
    """What was kept can be stored as JSON, and handing it in again changes nothing and finds nothing new."""
    it = form(name)
    keys = st.sampled_from([each.key for each in it.fields])
    raw = data.draw(st.dictionaries(keys, ANYTHING | LIKELY))
    step = data.draw(st.sampled_from([each.key for each in it.steps]))
    first = checked(it, raw, step, to_hand_in=False)
    assert json.loads(json.dumps(first.answers)) == first.answers
    again = checked(it, first.answers, step, stored=first.answers, to_hand_in=False)
    assert again == Checked(first.answers, {})
    for found in checked(it, raw, step).problems.values():
        assert all(problem.explain("zh-hans") for problem in found)


@given(st.sampled_from(NAMES), st.dictionaries(st.text(max_size=10), ANYTHING, max_size=5))
def test_unknown_names_are_never_kept(name: str, raw: dict[str, Any]) -> None:
    known = {each.key for each in form(name).fields}
    assert set(checked(form(name), raw, to_hand_in=False).answers) <= known
