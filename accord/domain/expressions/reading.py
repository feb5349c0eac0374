"""From text to tree: a Pratt parser. Signs of one strength are gathered into one part, so that only nesting is deep."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from accord.domain.expressions.errors import ExpressionError
from accord.domain.expressions.functions import FUNCTIONS, Call, is_column_sum
from accord.domain.expressions.tokens import END, Token, tokens
from accord.domain.expressions.tree import (
    ADDS,
    AND,
    COMPARES,
    MULTIPLIES,
    NOT,
    OR,
    SIGN,
    Among,
    Comparison,
    Either,
    Every,
    Literal,
    Name,
    Negative,
    Node,
    Not,
    Product,
    Several,
    Sum,
)
from accord.domain.wording import Listed

MOST_LEVELS = 40
TODAY = "today"
COMPARING = ("<", "<=", ">", ">=", "=", "!=", "in", "not")
LITERALS: dict[str, Callable[[str], Decimal | str | bool]] = {
    "number": Decimal,
    "text": str,
    "true": lambda _text: True,
    "false": lambda _text: False,
}
POWERS = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(COMPARING, COMPARES),
    **dict.fromkeys("+-", ADDS),
    **dict.fromkeys("*/%", MULTIPLIES),
}


class Reading:
    """One text on its way to a tree; collects the names and the columns (table, column) it asks for."""

    def __init__(self, text: str) -> None:
        """Cut `text` into tokens. Raises ExpressionError."""
        self._tokens = tokens(text)
        self._next = next(self._tokens)
        self._level = 0
        self.names: set[str] = set()
        self.columns: set[tuple[str, str]] = set()

    def whole(self) -> Node:
        """Read to the end. Raises ExpressionError."""
        if self._next.what == END:
            raise ExpressionError("empty_expression", 0)
        tree = self._expression(0)
        if self._next.what != END:
            raise self._surprise()
        return tree

    def _expression(self, least: int) -> Node:
        """Read as far as everything binds stronger than `least`."""
        left = self._start()
        while (power := POWERS.get(self._next.what, 0)) > least:
            left = self._joined(left, power)
        return left

    def _start(self) -> Node:
        token = self._take()
        if token.what in LITERALS:
            return Literal(token.at, LITERALS[token.what](token.text))
        match token.what:
            case "name":
                return self._call(token) if self._next.what == "(" else self._name(token.at, token.text)
            case "-":
                return Negative(token.at, self._deeper(token, lambda: self._expression(SIGN - 1)))
            case "not":
                return Not(token.at, self._deeper(token, lambda: self._expression(NOT - 1)))
            case "(":
                inner = self._deeper(token, lambda: self._expression(0))
                self._expect(")")
                return inner
            case "[":
                return Several(token.at, self._parts(token, "]"))
        raise self._surprise(token)

    def _joined(self, left: Node, power: int) -> Node:
        if power == COMPARES:
            return self._comparison(left)
        rest = []
        while POWERS.get(self._next.what) == power:
            sign = self._take().what
            rest.append((sign, self._expression(power)))
        if power in (ADDS, MULTIPLIES):
            return (Sum if power == ADDS else Product)(left.at, left, tuple(rest))
        return (Every if power == AND else Either)(left.at, (left, *(part for _sign, part in rest)))

    def _comparison(self, left: Node) -> Node:
        token = self._take()
        negated = token.what == "not"
        if negated:
            self._expect("in")
        right = self._expression(COMPARES)
        if self._next.what in COMPARING:
            raise ExpressionError("chained_comparison", self._next.at)
        if negated or token.what == "in":
            return Among(left.at, left, right, negated)
        return Comparison(left.at, token.what, left, right)

    def _name(self, at: int, name: str) -> Name:
        self.names.add(name)
        return Name(at, name)

    def _call(self, token: Token) -> Node:
        parts = self._parts(self._take(), ")")
        if token.text == TODAY and not parts:
            return self._name(token.at, TODAY)
        function = FUNCTIONS.get(token.text)
        if function is None:
            raise ExpressionError("unknown_function", token.at, given=token.text, choices=Listed(tuple(FUNCTIONS)))
        if not function.takes(parts) or (token.text == "sum_of" and not is_column_sum(parts)):
            raise ExpressionError("wrong_arguments", token.at, given=token.text, usage=function.usage)
        if token.text == "sum_of":
            table, column = parts
            self.columns.add((str(table), str(getattr(column, "literal", ""))))
        return Call(token.at, token.text, parts)

    def _parts(self, opening: Token, closing: str) -> tuple[Node, ...]:
        parts: list[Node] = []
        while self._next.what != closing:
            parts.append(self._deeper(opening, lambda: self._expression(0)))
            if self._next.what != closing:
                self._expect(",")
        self._take()
        return tuple(parts)

    def _deeper(self, token: Token, read: Callable[[], Node]) -> Node:
        """Read something one level down. Raises ExpressionError at the level that is one too many."""
        self._level += 1
        if self._level > MOST_LEVELS:
            raise ExpressionError("too_deep", token.at, most=MOST_LEVELS)
        node = read()
        self._level -= 1
        return node

    def _take(self) -> Token:
        token = self._next
        if token.what != END:
            self._next = next(self._tokens)
        return token

    def _expect(self, what: str) -> None:
        if self._next.what != what:
            raise self._surprise()
        self._take()

    def _surprise(self, token: Token | None = None) -> ExpressionError:
        token = token or self._next
        if token.what == END:
            return ExpressionError("unfinished", token.at)
        return ExpressionError("unexpected", token.at, given=token.text)
