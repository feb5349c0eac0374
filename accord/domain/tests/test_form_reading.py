"""Reading definitions of forms: what is a form is kept as it is, what is none is told completely."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.form_schema import KINDS, MOST_FIELDS, FormError, read_form
from accord.domain.form_schema.problem_words import OF_FORMS
from accord.domain.tests.form_cases import FOLDER, NAMES, body, field, form, made_of, problems


@pytest.mark.parametrize("name", NAMES)
def test_a_form_is_written_back_as_it_was_read(name: str) -> None:
    assert read_form(json.loads(json.dumps(form(name).as_json()))) == form(name)


def test_the_canonical_form_leaves_out_what_is_left_at_its_default() -> None:
    long_winded = field("text", required=False, core=True, help=None, visible_if="", max_length=200, default="")
    long_winded |= {"rights": {"start": "edit"}, "label": "测试"}
    assert read_form(made_of(long_winded, intro={"zh": "", "en": ""})).as_json() == {
        "v": 1,
        "title": {"zh": "表单"},
        "steps": [{"key": "start", "label": {"zh": "填写人", "en": "Author"}}],
        "fields": [{"key": "it", "kind": "text", "label": {"zh": "测试"}}],
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_read_bare(kind: str) -> None:
    [read] = read_form(made_of(field(kind))).fields
    assert (read.kind, read.key, read.label.say("en")) == (kind, "it", "Test")


def test_numbers_are_kept_as_they_were_written() -> None:
    as_json = read_form(made_of(field("number", min=0.1, max="1000000.50", decimals=2))).as_json()
    assert [as_json["fields"][0][name] for name in ("min", "max")] == ["0.1", "1000000.5"]


LINES = (FOLDER.parent / "form_problems.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]
# What is wrong, a definition, the code and the place of its one problem.
WRONG: list[tuple[str, Any, str, str]] = [
    *((case["what"], case.get("form") or made_of(*case["fields"]), case["code"], case["place"]) for case in CASES),
    ("a list", [], "not_a_form", ""),
    ("nothing", None, "not_a_form", ""),
    ("no number", made_of(field("number", min=float("nan"))), "not_json", ""),
    ("bulk", made_of(field("text"), intro="x" * 300_000), "form_too_large", ""),
    ("too many", made_of(*[field("text", key=f"k{n}") for n in range(MOST_FIELDS + 1)]), "too_many_fields", "fields"),
    ("huge limit", made_of(field("number", max=10**30)), "wrong_shape", "fields[0].max"),
]


@pytest.mark.parametrize(("definition", "code", "place"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_told_with_its_place(definition: object, code: str, place: str) -> None:
    assert [(problem.code, problem.place) for problem in problems(definition)] == [(code, place)]


def test_every_problem_of_a_definition_is_met_here() -> None:
    assert set(OF_FORMS) <= {row[2] for row in WRONG}


@pytest.mark.parametrize("definition", [row[1] for row in WRONG], ids=[row[0] for row in WRONG])
def test_a_problem_is_a_sentence_in_both_languages_that_names_the_field(definition: object) -> None:
    [problem] = problems(definition)
    for language, stop in (("zh-hans", "。"), ("en", ".")):
        sentence = problem.explain(language)  # type: ignore[arg-type]
        assert sentence.endswith(stop)
        assert not set("{}！!") & set(sentence)
        assert problem.place.startswith("fields[") == (sentence[0] == "“" and ("”：" in sentence or "”: " in sentence))


def test_everything_wrong_is_told_at_once_in_the_order_of_the_form() -> None:
    definition = made_of(
        field("text", key="a", visible_if="b > 1 and nobody = 1"),
        field("number", key="b", min=5, max=1, foo=1, visible_if="empty(a)"),
        field("choice", key="a", options=[{"value": "x"}]),
        "text",
        field("nonsense", key="c", label=None),
        titel="x",
    )
    assert [(problem.place, problem.code) for problem in problems(definition)] == [
        ("titel", "unknown_setting"),
        ("fields[0].visible_if", "unknown_name"),
        ("fields[0].visible_if", "cycle"),
        ("fields[1].foo", "unknown_setting"),
        ("fields[1].min", "range_reversed"),
        ("fields[2].options[0].label", "missing_setting"),
        ("fields[2].key", "key_twice"),
        ("fields[3]", "wrong_shape"),
        ("fields[4].kind", "unknown_kind"),
    ]


def test_steps_that_cannot_be_read_do_not_spoil_the_rights() -> None:
    definition = made_of(field("text", required=True, rights={"lead": "edit", "start": "read"}), steps="start, lead")
    assert [problem.place for problem in problems(definition)] == ["steps"]


def test_a_circle_is_named_by_the_labels_of_its_fields() -> None:
    circle = made_of(
        field("calculated", key="a", label="甲", formula="b + 1"),
        field("calculated", key="b", label={"zh": "乙", "en": "B"}, formula="if(empty(c), 0, 1)"),
        field("text", key="c", label="丙", visible_if="a > 1"),
        field("text", key="d", label="丁", visible_if="a > 1"),
    )
    [problem] = problems(circle)
    assert "甲 → 乙 → 丙 → 甲" in problem.explain("zh-hans") or "乙 → 丙 → 甲 → 乙" in problem.explain("zh-hans")
    assert " → B → " in problem.explain("en") or "B → 丙" in problem.explain("en")


def test_two_circles_are_told_one_by_one() -> None:
    pairs = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c")]
    fields = [field("text", key=key, visible_if=f"empty({other})") for key, other in pairs]
    assert [problem.code for problem in problems(made_of(*fields))] == ["cycle", "cycle"]


def test_conditions_may_ask_for_the_day_and_for_who_it_is_about() -> None:
    asks = "today() > '2026-01-01' and person.position = 'sales' and starter.org_unit != 'hr'"
    assert problems(made_of(field("text", visible_if=asks))) == ()


def test_a_long_chain_of_conditions_is_no_circle() -> None:
    fields = [field("text", key="k0")]
    fields += [field("text", key=f"k{n}", visible_if=f"empty(k{n - 1})") for n in range(1, MOST_FIELDS)]
    assert read_form(made_of(*reversed(fields))).order[0].key == "k0"


def test_deep_json_is_refused_without_falling_over() -> None:
    deep: Any = "x"
    for _ in range(100_000):
        deep = [deep]
    assert [problem.code for problem in problems(made_of(field("text", default=deep)))] == ["not_json"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(st.text(max_size=8), parts, max_size=4),
    max_leaves=10,
)


@given(JSON)
def test_any_json_is_a_form_or_has_problems(definition: Any) -> None:
    for problem in problems(definition):
        assert problem.explain("zh-hans")


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A complete form with one value somewhere in it replaced or left out."""
    definition = copy.deepcopy(body(draw(st.sampled_from(NAMES))))
    here: Any = definition
    while True:
        key = draw(st.sampled_from(sorted(here) if isinstance(here, dict) else range(len(here))))
        if not isinstance(here[key], dict | list) or not here[key] or draw(st.integers(0, 3)) == 0:
            break
        here = here[key]
    if draw(st.booleans()):
        del here[key]
    else:
        here[key] = draw(JSON | st.sampled_from(["text", "start", "a > 1", "state", 0, 3, {"zh": "x"}]))
    return definition


@settings(max_examples=300)
@given(mutated())
def test_a_spoilt_form_is_a_form_or_has_problems(definition: Any) -> None:
    wrong = problems(definition)
    for problem in wrong:
        assert problem.explain("zh-hans")
        assert problem.explain("en")
    if not wrong:
        read = read_form(definition)
        assert read_form(read.as_json()) == read


def test_the_error_tells_all_of_it_a_line_each() -> None:
    with pytest.raises(FormError, match="title: missing_setting") as caught:
        read_form({"v": 1, "fields": ["text"]})
    assert caught.value.explain("zh-hans").splitlines() == [
        "缺少“表单标题”，请补上。",
        "“第 1 个字段”：“字段”应为一个对象。",
    ]


def test_a_formula_over_a_column_that_cannot_be_read_is_not_blamed_for_it() -> None:
    table = field("table", key="rows", columns=[{"key": "days", "kind": "number"}])
    total = field("calculated", key="total", formula="sum_of(rows, 'days')")
    assert [problem.code for problem in problems(made_of(table, total))] == ["missing_setting"]
