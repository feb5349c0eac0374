"""Whatever is typed: an expression has a value or an error, and the value is the one plain Python finds."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, localcontext
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.domain.expressions import ExpressionError, parse
from accord.domain.expressions.functions import FUNCTIONS

VALUES: dict[str, Any] = {
    "a": Decimal(3),
    "b": Decimal("-0.75"),
    "c": None,
    "d": "text",
    "e": True,
    "f": date(2026, 2, 28),
    "g": [Decimal(1), Decimal(3), None],
    "h": [{"x": Decimal(2)}, {}],
}
WORDS = ["and", "or", "not", "in", "true", "today()", "h, 'x'", "==", "!=", "<=", "1", "0", "0.5", "9" * 26]
PIECES = st.sampled_from(
    [*"abcdefgh+-*/%()[],<>='\"._! \t\n“”（）且或非＝", *WORDS, *(f"{name}(" for name in FUNCTIONS)]
)
ANYTHING = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES).map(" ".join))


def outcome(text: str) -> Any:
    """The value of an expression, or the error it ends in."""
    try:
        return parse(text).value(VALUES)
    except ExpressionError as error:
        return error


@settings(max_examples=400)
@given(ANYTHING)
def test_any_text_ends_in_a_value_or_a_typed_error(text: str) -> None:
    found = outcome(text)
    assert found is None or isinstance(found, Decimal | str | bool | date | list | ExpressionError)
    if isinstance(found, ExpressionError):
        assert 0 <= found.at <= len(text)
        assert found.explain("zh-hans").endswith("。")


@settings(max_examples=200)
@given(ANYTHING)
def test_what_can_be_read_is_read_the_same_from_its_canonical_form(text: str) -> None:
    with suppress(ExpressionError):
        expression = parse(text)
        assert parse(str(expression)) == expression


# A tree is a tuple (what, parts…); `written` and `reckoned` are the two readings that have to agree.
Tree = tuple[Any, ...]
WRONG = "wrong"
LIMITS = ("too_deep", "expression_too_long", "number_too_large")
LEAVES = st.one_of(
    st.decimals(0, 99, places=1).map(lambda number: ("number", number)),
    st.sampled_from("abce").map(lambda name: ("name", name)),
    st.booleans().map(lambda truth: ("truth", truth)),
)


def grown(parts: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.tuples(st.sampled_from("+-*/%"), parts, parts),
        st.tuples(st.sampled_from(["<", "<=", ">", ">=", "=", "!="]), parts, parts),
        st.tuples(st.sampled_from(["and", "or"]), parts, parts),
        st.tuples(st.sampled_from(["not", "neg", "abs", "empty"]), parts),
        st.tuples(st.just("if"), parts, parts, parts),
        st.tuples(st.sampled_from(["min", "max"]), parts, parts),
        st.tuples(st.just("in"), parts, parts, parts),
    )


TREES = st.recursive(LEAVES, grown, max_leaves=12)


def written(tree: Tree) -> str:
    what, *parts = tree
    if what in ("number", "name"):
        return str(parts[0])
    if what == "truth":
        return str(parts[0]).lower()
    texts = [f"({written(part)})" for part in parts]
    if what in ("abs", "empty", "if", "min", "max"):
        return f"{what}({','.join(texts)})"
    if what == "in":
        return f"{texts[0]} in [{texts[1]}, {texts[2]}]"
    if what in ("not", "neg"):
        return f"{'-' if what == 'neg' else 'not '}{texts[0]}"
    return f"{texts[0]} {what} {texts[1]}"


class Wrong(Exception):
    """The reference refuses."""


def number(value: Any) -> Any:
    if value is None or (isinstance(value, Decimal) and value.is_finite()):
        return value
    raise Wrong


def truth(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    raise Wrong


def reckoned(tree: Tree) -> Any:
    what, *parts = tree
    if what in ("number", "truth"):
        return parts[0]
    if what == "name":
        return VALUES[parts[0]]
    if what in ("and", "or"):
        first = truth(reckoned(parts[0]))
        return first if first is (what == "or") else truth(reckoned(parts[1]))
    if what == "if":
        return reckoned(parts[1] if truth(reckoned(parts[0])) else parts[2])
    return PLAIN[what](*(reckoned(part) for part in parts))


def arithmetic(operation: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Any, Any], Any]:
    def apply(left: Any, right: Any) -> Any:
        if left is None or right is None:
            return None
        try:
            return operation(number(left), number(right))
        except (DivisionByZero, InvalidOperation):
            raise Wrong from None

    return apply


def comparison(operation: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    def apply(left: Any, right: Any) -> bool:
        if left is None or right is None:
            return False
        return operation(number(left), number(right))

    return apply


def equal(left: Any, right: Any) -> bool:
    return left is not None and type(left) is type(right) and left == right


PLAIN: dict[str, Callable[..., Any]] = {
    "+": arithmetic(lambda left, right: left + right),
    "-": arithmetic(lambda left, right: left - right),
    "*": arithmetic(lambda left, right: left * right),
    "/": arithmetic(lambda left, right: left / right),
    "%": arithmetic(lambda left, right: left % right),
    "<": comparison(lambda left, right: left < right),
    "<=": comparison(lambda left, right: left <= right),
    ">": comparison(lambda left, right: left > right),
    ">=": comparison(lambda left, right: left >= right),
    "=": equal,
    "!=": lambda left, right: left is not None and right is not None and not equal(left, right),
    "not": lambda value: not truth(value),
    "neg": lambda value: None if value is None else -number(value),
    "abs": lambda value: None if value is None else abs(number(value)),
    "empty": lambda value: value is None,
    "min": lambda left, right: min((number(each) for each in (left, right) if each is not None), default=None),
    "max": lambda left, right: max((number(each) for each in (left, right) if each is not None), default=None),
    "in": lambda value, first, second: equal(value, first) or equal(value, second),
}


@settings(max_examples=400)
@given(TREES)
def test_an_expression_agrees_with_plain_python(tree: Tree) -> None:
    with localcontext() as context:
        context.prec, context.rounding = 30, ROUND_HALF_UP
        try:
            wanted = reckoned(tree)
        except Wrong:
            wanted = WRONG
    found = outcome(written(tree))
    if isinstance(found, ExpressionError):
        if found.code in LIMITS:
            return
        found = WRONG
    assert (found, type(found)) == (wanted, type(wanted)), written(tree)


@settings(max_examples=100)
@given(TREES)
def test_the_canonical_form_has_the_same_value(tree: Tree) -> None:
    with suppress(ExpressionError):
        expression = parse(written(tree))
        again = outcome(str(expression))
        assert again == outcome(written(tree)) or isinstance(again, ExpressionError)
