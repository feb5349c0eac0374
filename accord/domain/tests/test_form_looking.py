"""What a step sees of a form."""

from typing import Any

import pytest

from accord.domain.form_schema import FieldState, Form, read_form
from accord.domain.tests.form_cases import field, form, made_of


def seen(form: Form, answers: dict[str, Any], step: str, **options: Any) -> list[str]:
    """The fields a step sees, with * where they are required, - where read-only, + where they wait behind a click."""

    def mark(state: FieldState) -> str:
        return "*" if state.required else "+" if state.folded else "" if state.editable else "-"

    return [state.key + mark(state) for state in form.look(answers, step, **options) if state.visible]


def test_each_step_has_its_own_view() -> None:
    monthly = form("self_assessment")
    assert seen(monthly, {}, "start") == ["work*", "weights-", "overall*", "hours+"]
    assert seen(monthly, {}, "lead") == ["work-", "weights-", "overall-", "hours+", "lead_score*"]
    assert seen(monthly, {}, "hr") == ["work-", "weights-", "overall-", "hours+", "lead_score-", "hr_note+"]


def test_conditions_follow_the_answers() -> None:
    monthly = form("self_assessment")
    assert "reason*" in seen(monthly, {"overall": 1}, "start")
    assert "reason*" not in seen(monthly, {"overall": 3}, "start")
    assert "lead_note*" in seen(monthly, {"lead_score": "59.5"}, "lead")


def test_a_condition_on_a_hidden_field_does_not_hold() -> None:
    """The answer to the hidden question is still stored, and must not open the next one."""
    feedback = form("sbi_feedback")
    answers = {"tone": "improve", "next_step": "下周复盘"}
    assert "check_on" in seen(feedback, answers, "start")
    assert "check_on" not in seen(feedback, answers | {"tone": "praise"}, "start")


def test_optional_fields_are_folded_until_opened_or_answered() -> None:
    progress = form("monthly_progress")
    assert "evidence+" in seen(progress, {}, "start")
    assert "evidence" in seen(progress, {}, "start", show_optional=True)
    assert "evidence" in seen(progress, {"evidence": [1]}, "start")


def test_frozen_optional_fields_are_gone_for_everybody() -> None:
    progress = form("monthly_progress")
    left = seen(progress, {"evidence": [1]}, "start", frozen={"evidence", "summary"}, show_optional=True)
    assert "evidence" not in left
    assert "summary*" in left


def test_conditions_may_ask_for_more_than_the_form_knows() -> None:
    asks = read_form(made_of(field("text", visible_if="person.position = 'sales' and today() > '2026-01-01'")))
    known = {"person.position": "sales", "today": "2026-02-01"}
    assert seen(asks, {}, "start") == []
    assert seen(asks, {}, "start", extra=known) == ["it"]


def test_a_condition_that_cannot_be_worked_out_does_not_hold() -> None:
    divides = read_form(made_of(field("number", key="a"), field("text", key="b", visible_if="1 / a > 0")))
    assert seen(divides, {"a": "2"}, "start") == ["a", "b"]
    assert seen(divides, {"a": "0"}, "start") == ["a"]


def test_fields_come_in_the_order_of_the_form_whatever_they_ask_for() -> None:
    late = read_form(made_of(field("text", key="a", visible_if="not empty(b)"), field("text", key="b")))
    assert seen(late, {"b": "x"}, "start") == ["a", "b"]


def test_defaults_are_what_a_fresh_form_starts_with() -> None:
    fields = [field("choice", key="a", default="b"), field("number", key="n", default=" ５ "), field("text", key="t")]
    assert read_form(made_of(*fields)).defaults() == {"a": "b", "n": "5"}


def test_a_field_that_is_not_there_is_an_error_of_the_program() -> None:
    assert form("sbi_feedback").field("tone").key == "tone"
    assert form("sbi_feedback").step("start").label.say("en") == "Giver"
    with pytest.raises(KeyError):
        form("sbi_feedback").field("nothing")
    with pytest.raises(KeyError):
        form("sbi_feedback").step("nothing")
