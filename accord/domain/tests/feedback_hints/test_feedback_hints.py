"""Hints about feedback: what they quote, what they leave alone, and how good they are on sentences with labels."""

import json
from collections import Counter
from pathlib import Path

import pytest

from accord.domain.feedback_hints import HintKind, hints_of, is_specific, one_sided

HERE = Path(__file__).parent
DOCS = Path("docs/talks-and-growth.md")


def found(text: str, part: str = "behaviour", **other: bool) -> list[tuple[str, str]]:
    return [(str(hint.kind), hint.quote) for hint in hints_of({part: text}, **other)]


def sentences(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


def counts(name: str) -> dict[str, Counter[str]]:
    """For each kind of hint, the sentences rightly hinted at, wrongly, and missed."""
    kinds: dict[str, Counter[str]] = {kind.value: Counter() for kind in HintKind}
    for sentence in sentences(name):
        got = {hint.kind.value for hint in hints_of({str(sentence["part"]): str(sentence["text"])})}
        for kind in got | set(sentence["hints"]):  # type: ignore[call-overload]
            is_wanted, is_given = kind in sentence["hints"], kind in got  # type: ignore[operator]
            kinds[kind]["right" if is_wanted and is_given else "wrong" if is_given else "missed"] += 1
    return kinds | {"all": sum(kinds.values(), Counter())}


@pytest.mark.parametrize("name", ["dev", "held_out"])
def test_of_a_hundred_hints_eighty_five_are_right_for_each_kind(name: str) -> None:
    for kind, count in counts(name).items():
        assert count["right"] / (count["right"] + count["wrong"]) >= 0.85, (kind, count)


def test_the_set_is_large_balanced_and_in_both_languages() -> None:
    seen, held_out = sentences("dev"), sentences("held_out")
    every = [*seen, *held_out]
    assert len({str(sentence["text"]) for sentence in every}) == len(every) >= 200
    assert min(Counter(sentence["lang"] for sentence in every).values()) > len(every) * 0.4
    assert sum(not sentence["hints"] for sentence in held_out) > len(held_out) * 0.4


def test_the_published_figures_are_those_measured() -> None:
    text = DOCS.read_text("utf-8")
    for kind, count in counts("held_out").items():
        precision = count["right"] / (count["right"] + count["wrong"])
        recall = count["right"] / (count["right"] + count["missed"])
        assert f"| `{kind}` | {precision:.2f} | {recall:.2f} |" in text


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("总体不错", [("general", "总体不错")]),
        ("总体不错，你在周二的会上列出了三条原因", []),
        ("你总是迟到", [("general", "总是")]),
        ("你很粗心", [("character", "很粗心")]),
        ("你可能忘了。", [("hedging", "可能")]),
        ("你做了可能性分析", []),
        ("你用大概念图讲清了三层架构", []),
        ("客户说“总体不错”", []),
        ("You asked what kind of report they need", []),
        ("I SAID IT AGAIN AND NOBODY LISTENED", [("heated", "I SAID IT AGAIN AND NOBODY LISTENED")]),
        ("👍👍你很懒", [("character", "很懒")]),
        ("", []),
        ("  \n ", []),
    ],
)
def test_what_is_hinted_at(text: str, hints: list[tuple[str, str]]) -> None:
    if text.isupper():
        assert [kind for kind, _ in found(text)] == ["heated"]
    else:
        assert found(text) == hints


def test_a_quote_stands_where_the_hint_says() -> None:
    text = "👍 第一句没问题。\n你这个人又懒又蠢！！"
    for hint in hints_of({"behaviour": text}):
        assert text[hint.start : hint.end] == hint.quote


def test_when_and_where_is_asked_of_the_situation_alone() -> None:
    assert found("工作方面", "situation") == [("unplaced", "工作方面")]
    assert found("工作方面", "situation", has_day=True) == []
    assert found("工作方面", "impact") == []
    assert found("周二的工作方面", "situation") == []


def test_a_suggestion_may_be_tentative() -> None:
    assert found("也许可以提前一天发材料", "suggestion") == []
    assert found("别再那么懒了", "suggestion") == [("character", "那么懒")]
    assert found("大概", "resources") == []


def test_long_and_hostile_text_is_read_in_no_time() -> None:
    for piece in ("很", "a ", "“", "有责任心", "!", "客户说", "you are so "):
        hints_of({"behaviour": piece * 1000})


def test_specific_is_what_names_an_occasion_and_what_was_done() -> None:
    good = {"situation": "周二的评审", "behaviour": "你列出了三条退货原因", "impact": "大概少了两次返工"}
    assert is_specific(good)
    assert not is_specific(good | {"behaviour": "你很优秀，总体不错"})
    assert not is_specific(good | {"situation": "平时"})
    assert is_specific(good | {"situation": "平时"}, has_day=True)


@pytest.mark.parametrize(
    ("kinds", "only"),
    [("rrrr", "r"), ("rrrd", None), ("rrr", None), ("ddddr", "d"), ("", None)],
)
def test_four_of_one_kind_in_a_row_are_one_sided(kinds: str, only: str | None) -> None:
    assert one_sided(list(kinds)) == only
