"""Saves from several windows: nobody's words are lost, whatever the order."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.workflow.services.merging import Change, merge, plain, settle

TEXTS = st.sampled_from(["", "一", "一二", "三"])


def test_a_change_from_what_is_stored_is_taken() -> None:
    merged = merge({"a": "一", "b": "二"}, {}, {"a": Change("一", "一一")}, "w")
    assert (merged.answers, merged.set_aside, merged.conflicts) == ({"a": "一一", "b": "二"}, {}, ())


def test_an_emptied_field_is_gone() -> None:
    assert merge({"a": "一"}, {}, {"a": Change("一", None)}, "w").answers == {}


def test_a_change_from_an_older_value_is_set_aside_and_the_first_stays() -> None:
    merged = merge({"a": "先写的"}, {}, {"a": Change(None, "后写的")}, "w2")
    assert merged.answers == {"a": "先写的"}
    assert merged.set_aside == {"a": {"w2": "后写的"}}
    assert merged.conflicts == ("a",)


def test_who_writes_the_same_has_no_conflict() -> None:
    assert merge({"a": "同"}, {}, {"a": Change(None, "同")}, "w2").conflicts == ()


def test_a_window_that_did_not_hear_of_its_own_save_has_no_conflict_with_itself() -> None:
    merged = merge({"a": "写到一半"}, {}, {"a": Change(None, "写到一半又写完", ("写", "写到一半"))}, "w")
    assert (merged.answers, merged.conflicts) == ({"a": "写到一半又写完"}, ())


def test_what_a_window_goes_on_writing_replaces_its_own_aside_only() -> None:
    aside = {"a": {"w2": "后", "w3": "第三"}}
    assert merge({"a": "先"}, aside, {"a": Change(None, "后来")}, "w2").set_aside == {"a": {"w2": "后来", "w3": "第三"}}


def test_choosing() -> None:
    state: tuple[dict[str, Any], dict[str, Any]] = ({"a": "先"}, {"a": {"w": "后"}})
    assert settle(*state, "a", "w", "stored").answers == {"a": "先"}
    assert settle(*state, "a", "w", "aside").answers == {"a": "后"}
    assert settle(*state, "a", "w", "both").answers == {"a": "先\n后"}
    for choice in ("stored", "aside", "both"):
        assert settle(*state, "a", "w", choice).set_aside == {}


def test_composites_are_joined_part_by_part() -> None:
    state = ({"a": {"situation": "周会", "impact": ""}}, {"a": {"w": {"situation": "周会", "impact": "客户满意"}}})
    assert settle(*state, "a", "w", "both").answers == {"a": {"situation": "周会", "impact": "客户满意"}}


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("xyz"), TEXTS, st.booleans()), max_size=12))
def test_every_text_a_window_wrote_last_is_stored_or_set_aside(saves: list[tuple[str, str, bool]]) -> None:
    """Windows that hear of a save begin from it, others from what they last saw."""
    answers: dict[str, Any] = {}
    aside: dict[str, Any] = {}
    seen: dict[str, Any] = {}
    last: dict[str, str] = {}
    owner = ""
    for window, text, reloads in saves:
        if reloads:
            seen[window] = answers.get("a")
        merged = merge(answers, aside, {"a": Change(seen.get(window), text)}, window)
        answers, aside = merged.answers, merged.set_aside
        if not merged.conflicts:
            seen[window] = text or None
            # Whoever saw these words and wrote over them meant to.
            last.pop(owner, None)
            owner = window
        last[window] = text
    kept = {plain(answers.get("a"))} | {plain(each) for each in aside.get("a", {}).values()}
    assert {plain(text) for text in last.values()} <= kept
