"""The clock of a form, and that the page about it tells what the code does."""

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from accord.domain.form_schema import KINDS, effort, predicted_seconds, predicted_seconds_of, read_form
from accord.domain.tests.form_cases import NAMES, field, form, made_of

PAGE = (Path(__file__).parents[3] / "docs" / "form-time.md").read_text("utf-8")
FOUR = "四个汉字"
USUAL: dict[str, dict[str, Any]] = {
    "choice": {"options": [{"value": value, "label": FOUR} for value in "abcd"]},
    "multi_choice": {"options": [{"value": value, "label": FOUR} for value in "abcd"]},
    "rating": {"anchors": [{"value": value, "label": FOUR} for value in range(5)]},
    "table": {"columns": [field("text", key="a", label=FOUR), field("number", key="b", label=FOUR)]},
}


def seconds(kind: str, step: str = "start", **settings: Any) -> Decimal:
    """The seconds of a usual field of a kind."""
    settings = {"label": FOUR} | USUAL.get(kind, {}) | settings
    steps = [{"key": key, "label": key} for key in ("start", "lead")]
    return predicted_seconds_of(read_form(made_of(field(kind, **settings), steps=steps)).field("it"), step)


def test_the_page_names_the_operators_as_they_are() -> None:
    rows = dict(re.findall(r"^\| ([A-Z]) \| ([0-9.]+) \|", PAGE, re.MULTILINE))
    named = {"K": effort.KEY, "P": effort.POINT, "H": effort.HOME, "M": effort.MIND, "R": effort.READ}
    assert {name: Decimal(row) for name, row in rows.items()} == named
    assert f"takes {effort.STROKES} keys" in PAGE
    assert f"for every {effort.CHUNK} characters" in PAGE


def test_the_page_names_every_kind_with_its_seconds() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| ([^|]+) \| [^|]+ \| ([0-9.]+) \|$", PAGE, re.MULTILINE)
    assert rows == [(code, kind.words.zh, f"{seconds(code):.1f}") for code, kind in KINDS.items()]


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_is_forgotten(kind: str) -> None:
    """Whatever is asked takes longer than reading its answer, and whatever is there has to be read."""
    assert seconds(kind) > 0
    if KINDS[kind].is_asked:
        assert seconds(kind) > seconds(kind, "lead") > 0


def test_only_what_has_to_be_touched_counts() -> None:
    asked = seconds("text")
    assert seconds("text", core=False) == 0
    assert seconds("text", visible_if="today() > '2026-01-01'") == asked / 2
    assert seconds("text", default="已知") == effort.reading(len(FOUR) + 15) == seconds("text", "lead")
    assert seconds("text", rights={"start": "hide"}) == 0
    assert seconds("text", required=True) == asked


def test_limits_shorten_what_is_written() -> None:
    assert seconds("long_text", max_length=15) == seconds("text") < seconds("long_text")
    assert seconds("table", max_rows=1) < seconds("table") < seconds("table", min_rows=5)
    assert seconds("multi_choice", min_picks=3) > seconds("multi_choice")


def test_the_time_of_a_form_is_that_of_its_longest_turn() -> None:
    monthly = form("self_assessment")
    turns = {step.key: predicted_seconds(monthly, step.key) for step in monthly.steps}
    assert predicted_seconds(monthly) == max(turns.values()) == turns["start"]
    fields = sum(predicted_seconds_of(each) for each in monthly.fields)
    assert turns["start"] == round(fields + effort.MIND + effort.CLICK)


@pytest.mark.parametrize("name", NAMES)
def test_the_complete_forms_keep_to_five_minutes(name: str) -> None:
    assert 60 < predicted_seconds(form(name)) < 300


def test_a_form_without_fields_takes_no_time() -> None:
    assert predicted_seconds(read_form(made_of())) == 0
