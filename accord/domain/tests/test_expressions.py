"""Expressions: what they mean, how they are written, and that none of them can do harm."""

import time
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from accord.domain.expressions import LONGEST_TEXT, ExpressionError, Value, holds, parse
from accord.domain.expressions.errors import WORDINGS
from accord.domain.expressions.tree import MOST_STEPS

VALUES: dict[str, object] = {
    "score": Decimal(58),
    "target": Decimal("62.5"),
    "state": "at_risk",
    "picks": ["people", "budget"],
    "ratings": [Decimal(4), Decimal(5), None],
    "due": date(2026, 3, 1),
    "today": date(2026, 1, 31),
    "items": [{"amount": Decimal("12.5"), "name": "a"}, {"amount": None}, {"amount": Decimal(30)}],
    "agreed": True,
    "note": "",
    "person.position": "sales_rep",
}
MEANINGS: list[tuple[str, object]] = [
    ("1 + 2 * 3 - 4 / 8", Decimal("6.5")),
    ("(1 + 2) * 3 % 4", Decimal(1)),
    ("-score + 60", Decimal(2)),
    ("2 - -3", Decimal(5)),
    ("0.1 + 0.2 = 0.3", True),
    ("score < 60 and state = 'at_risk'", True),
    ("score >= 60 or not agreed", False),
    ("not score >= 60", True),
    ("score <> 58", False),
    ("score == 58", True),
    ("state in ['on_track', \"at_risk\"]", True),
    ("state not in ['on_track']", True),
    ("'people' in picks", True),
    ("contains(picks, 'travel')", False),
    ("contains(state, 'risk')", True),
    ("due > today", True),
    ("due = '2026-03-01'", True),
    ("'2026-02-01' > '2026-01-31'", True),
    ("'2026-02-30' = '2026-02-30'", True),
    ("days(today, due)", Decimal(29)),
    ("days('2026-03-01', today())", Decimal(-29)),
    ("min(score, target, 60)", Decimal(58)),
    ("max(ratings)", Decimal(5)),
    ("sum(ratings, 1)", Decimal(10)),
    ("count(ratings)", Decimal(2)),
    ("round(2.345, 2)", Decimal("2.35")),
    ("round(-2.5)", Decimal(-3)),
    ("abs(score - target)", Decimal("4.5")),
    ("if(score < 60, 'below', 'above')", "below"),
    ("sum_of(items, 'amount')", Decimal("42.5")),
    ("person.position = 'sales_rep'", True),
    # A value that stands as text, as the options of a choice do, equals the number it says.
    ("'58' = score", True),
    # Empty values: arithmetic is empty, no comparison holds, sums leave them out.
    ("missing + 1", None),
    ("-missing", None),
    ("missing < 1", False),
    ("missing = missing", False),
    ("missing != 1", False),
    ("note = ''", False),
    ("missing in [1]", False),
    ("empty(missing) and empty(note) and not empty(score)", True),
    ("not missing", True),
    ("count(missing)", Decimal(0)),
    ("sum(missing)", None),
    ("days(missing, due)", None),
    ("round(missing, 1)", None),
    # What is not needed is not worked out.
    ("score > 60 and 1 / 0 > 1", False),
    ("if(agreed, 1, 1 / 0)", Decimal(1)),
    # As a Chinese keyboard types it.
    ("（score ＋ ２）≥ ６０ 且 state ＝ ‘at_risk’", True),
    ("非 agreed 或 score ≠ 58", False),
    ("state in 【“at_risk”，“off_track”】", True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), MEANINGS, ids=[text for text, _ in MEANINGS])
def test_an_expression_means(text: str, meaning: Value) -> None:
    value = parse(text).value(VALUES)
    assert (value, type(value)) == (meaning, type(meaning))


REFUSED: list[tuple[str, str, int]] = [
    ("", "empty_expression", 0),
    ("  ", "empty_expression", 0),
    ("9**9**9", "unexpected", 2),
    ("9^9", "unexpected_character", 1),
    ("__class__", "unexpected_character", 0),
    ("score.__class__", "attribute", 0),
    ("a.b.c()", "attribute", 0),
    ("'a'.upper()", "unexpected_character", 3),
    ("eval('1')", "unknown_function", 0),
    ("a.b()", "unknown_function", 0),
    ("lambda: 1", "unexpected_character", 6),
    ("score < 'abc", "unfinished_text", 8),
    ("score <", "unfinished", 7),
    ("(score", "unfinished", 6),
    ("score)", "unexpected", 5),
    ("score score", "unexpected", 6),
    ("1 < score < 5", "chained_comparison", 10),
    ("score not 5", "unexpected", 10),
    ("min()", "wrong_arguments", 0),
    ("if(agreed, 1)", "wrong_arguments", 0),
    ("sum_of(items, amount)", "wrong_arguments", 0),
    ("1" * 31, "number_too_long", 0),
    ("(" * 2_000, "too_deep", 40),
    ("[" * 50, "too_deep", 40),
    ("-" * 50 + "1", "too_deep", 40),
    ("not " * 50 + "agreed", "too_deep", 160),
    ("(" * 10_000, "expression_too_long", LONGEST_TEXT),
    ("1" + "+1" * 50_000, "expression_too_long", LONGEST_TEXT),
]


@pytest.mark.parametrize(("text", "code", "at"), REFUSED, ids=[text[:20] for text, _, _ in REFUSED])
def test_what_is_no_expression_is_refused_where_it_goes_wrong(text: str, code: str, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    assert (caught.value.code, caught.value.at) == (code, at)


FAILING: list[tuple[str, str, int]] = [
    ("1 + 1 / (score - 58)", "division_by_zero", 9),
    ("5 % 0", "division_by_zero", 4),
    ("state + 1", "wrong_type", 0),
    ("score < 'a'", "wrong_type", 0),
    ("state < 'b'", "wrong_type", 0),
    ("due < score", "wrong_type", 0),
    ("score and agreed", "wrong_type", 0),
    ("due = 'tomorrow'", "not_a_date", 0),
    ("'2026-02-30' < '2026-03-01'", "not_a_date", 0),
    ("count(score)", "wrong_type", 0),
    ("1 in state", "wrong_type", 0),
    ("sum(picks)", "wrong_type", 0),
    ("sum_of(picks, 'a')", "wrong_type", 0),
    ("round(1, 11)", "wrong_arguments", 0),
    ("round(1, 0.5)", "wrong_arguments", 0),
    ("9" * 30 + " * 9", "number_too_large", 33),
    ("99 % 0." + "0" * 28 + "1", "number_too_large", 5),
    ("huge + 1", "number_too_large", 0),
    ("float + 1", "wrong_type", 0),
    ("not_a_number = 1", "number_too_large", 0),
    ("sum(long)", "too_many_steps", 0),
]


ODD: dict[str, object] = {
    "huge": Decimal("1e30"),
    "float": 0.5,
    "not_a_number": Decimal("nan"),
    "long": [Decimal(1)] * MOST_STEPS,
}


@pytest.mark.parametrize(("text", "code", "at"), FAILING, ids=[text for text, _, _ in FAILING])
def test_what_cannot_be_worked_out_says_where(text: str, code: str, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text).value(VALUES | ODD)
    assert (caught.value.code, caught.value.at) == (code, at)


def test_every_error_is_met_here() -> None:
    assert {code for _text, code, _at in REFUSED + FAILING} == set(WORDINGS)


@pytest.mark.parametrize(("text", "code", "at"), REFUSED + FAILING, ids=[row[0][:20] for row in REFUSED + FAILING])
def test_an_error_is_a_sentence_in_both_languages(text: str, code: str, at: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(text).value(VALUES | ODD)
    chinese, english = caught.value.explain("zh-hans"), caught.value.explain("en")
    assert str(caught.value) == f"{code}: {english}"
    assert chinese.startswith(f"第 {at + 1} 个字符处：")
    assert english.startswith(f"At character {at + 1}: ")
    assert chinese.endswith("。")
    assert english.endswith(".")
    assert not set("{}！") & set(chinese.replace(text[:1], "") + english)


CANONICAL = [
    ("a+b*(c-1)", "a + b * (c - 1)"),
    ("(a+b)+c", "(a + b) + c"),
    ("((a))", "a"),
    ("a-(b-c)", "a - (b - c)"),
    ("not(a=1)or(b and c)", "not a = 1 or b and c"),
    ("a and(b or c)", "a and (b or c)"),
    ("(not a)=b", "(not a) = b"),
    ("a 且 b≥1.50", "a and b >= 1.5"),
    ("x in[\"a\",'b']", "x in ['a', 'b']"),
    ("max( 1,2 )", "max(1, 2)"),
    ("-(-a)", "-(-a)"),
    ('"it\'s"', '"it\'s"'),
    ("“a'b\"”", "“a'b\"”"),
    ("‘a'b\"“’", "‘a'b\"“’"),
    ("today()", "today"),
]


@pytest.mark.parametrize(("text", "canonical"), CANONICAL)
def test_one_expression_is_written_one_way(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical
    assert parse(canonical) == parse(text)


def test_it_knows_what_it_asks_for() -> None:
    expression = parse("if(a > 1, sum_of(items, 'amount'), person.position) and count(b) in [c]")
    assert expression.names == {"a", "items", "person.position", "b", "c"}
    assert expression.columns == {("items", "amount")}


def test_a_condition_holds_only_when_it_is_true() -> None:
    assert holds(parse("score < 60"), VALUES)
    assert not holds(parse("missing"), VALUES)
    assert not holds(parse("note"), VALUES)
    with pytest.raises(ExpressionError, match="wrong_type"):
        holds(parse("score"), VALUES)


def test_numbers_from_outside_may_be_whole_or_very_small() -> None:
    assert parse("a + b").value({"a": 1, "b": Decimal("1e-999999")}) == 1
    assert parse("count(a) + sum(a)").value({"a": [1, 2]}) == 5


def test_the_longest_expressions_end_at_once() -> None:
    """Each is as large as may be; together they take no noticeable time."""
    nested = "if(a or b and c = d + e * -(" * 12 + "1" + ") > 1, true, false)" * 12
    started = time.process_time()
    for text in ("1" + "+1" * 999, "(" * 40 + "1" + ")" * 40, nested[:LONGEST_TEXT], "min(" + "9," * 990 + "9)"):
        with suppress(ExpressionError):
            parse(text).value({})
    assert time.process_time() - started < 1
