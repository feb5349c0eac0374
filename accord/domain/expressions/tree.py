"""The parts of an expression. Each works out its value and writes itself down in the one canonical way.

Parts are equal when they mean the same; where they stood does not matter.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import ClassVar

from accord.domain.expressions.errors import ExpressionError
from accord.domain.expressions.values import (
    ALIKE,
    ARITHMETIC,
    MOST_DIGITS,
    Value,
    given,
    is_empty,
    items,
    kind_of,
    number,
    same,
    sortable,
    truth,
)
from accord.domain.wording import trimmed

MOST_STEPS = 10_000

OR, AND, NOT, COMPARES, ADDS, MULTIPLIES, SIGN, ATOM = range(1, 9)
"""How strongly a part holds together; what binds weaker stands in parentheses inside what binds stronger."""


@dataclass(slots=True)
class Run:
    """One working-out: the values by name, and the steps that are left."""

    values: Mapping[str, object]
    left: int = MOST_STEPS

    def spend(self, at: int, steps: int = 1) -> None:
        """Count steps. Raises ExpressionError when the budget is used up."""
        self.left -= steps
        if self.left < 0:
            raise ExpressionError("too_many_steps", at)


@dataclass(frozen=True, slots=True)
class Node(ABC):
    """A part of an expression that starts at character `at`."""

    power: ClassVar[int] = ATOM
    at: int = field(compare=False)

    @abstractmethod
    def value(self, run: Run) -> Value:
        """Work it out. Raises ExpressionError."""

    def within(self, power: int) -> str:
        """Return it as it stands inside something of `power`."""
        return str(self) if self.power > power else f"({self})"


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A number, a text, true or false."""

    literal: Decimal | str | bool

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        return self.literal

    def __str__(self) -> str:
        if isinstance(self.literal, bool):
            return "true" if self.literal else "false"
        if isinstance(self.literal, Decimal):
            return trimmed(self.literal)
        for mark in ("''", '""', "“”"):
            if not set(mark) & set(self.literal):
                return mark[0] + self.literal + mark[1]
        return f"‘{self.literal}’"


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A value that is passed in; one that is not passed in is empty."""

    name: str

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        return given(run.values.get(self.name), self.at)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Several(Node):
    """A list written out."""

    parts: tuple[Node, ...]

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        return [part.value(run) for part in self.parts]

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.parts))}]"


@dataclass(frozen=True, slots=True)
class Negative(Node):
    """A number with its sign turned."""

    power: ClassVar[int] = SIGN
    part: Node

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        value = self.part.value(run)
        return None if is_empty(value) else ARITHMETIC.minus(number(value, self.at))

    def __str__(self) -> str:
        return f"-{self.part.within(SIGN)}"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """The opposite of a condition."""

    power: ClassVar[int] = NOT
    part: Node

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        return not truth(self.part.value(run), self.at)

    def __str__(self) -> str:
        return f"not {self.part.within(NOT)}"


@dataclass(frozen=True, slots=True)
class Every(Node):
    """Conditions that hold together; the first that does not ends it."""

    power: ClassVar[int] = AND
    word: ClassVar[str] = "and"
    decisive: ClassVar[bool] = False
    parts: tuple[Node, ...]

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        for part in self.parts:
            if truth(part.value(run), part.at) is self.decisive:
                return self.decisive
        return not self.decisive

    def __str__(self) -> str:
        return f" {self.word} ".join(part.within(self.power) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Either(Every):
    """Conditions of which one is enough."""

    power: ClassVar[int] = OR
    word: ClassVar[str] = "or"
    decisive: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """Two values side by side. With an empty one, no comparison holds."""

    power: ClassVar[int] = COMPARES
    sign: str
    left: Node
    right: Node

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        left, right = self.left.value(run), self.right.value(run)
        if is_empty(left) or is_empty(right):
            return False
        if self.sign in ("=", "!="):
            return same(left, right, self.at) is (self.sign == "=")
        return self._in_order(left, right)

    def _in_order(self, left: Value, right: Value) -> bool:
        """Whether `left` stands to `right` as the sign says, for numbers and dates."""
        left, right = sortable(left, right, self.at)
        if isinstance(left, bool | str | list) or kind_of(left) is not kind_of(right):
            raise ExpressionError("wrong_type", self.at, wanted=ALIKE, given=kind_of(right))
        if self.sign in ("<", ">="):
            return (left < right) is (self.sign == "<")  # type: ignore[operator]
        return (left > right) is (self.sign == ">")  # type: ignore[operator]

    def __str__(self) -> str:
        return f"{self.left.within(COMPARES)} {self.sign} {self.right.within(COMPARES)}"


@dataclass(frozen=True, slots=True)
class Among(Node):
    """Whether a value is, or is not, one of a list."""

    power: ClassVar[int] = COMPARES
    part: Node
    choices: Node
    negated: bool

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        value, choices = self.part.value(run), items(self.choices.value(run), self.at)
        if is_empty(value):
            return False
        run.spend(self.at, len(choices))
        return any(same(value, choice, self.at) for choice in choices) is not self.negated

    def __str__(self) -> str:
        word = "not in" if self.negated else "in"
        return f"{self.part.within(COMPARES)} {word} {self.choices.within(COMPARES)}"


@dataclass(frozen=True, slots=True)
class Chain(Node):
    """Numbers joined by signs of one strength, from left to right. With an empty one, the whole is empty."""

    power: ClassVar[int] = 0
    first: Node
    rest: tuple[tuple[str, Node], ...]

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        values = [("+", self.first, self.first.value(run))]
        values += [(sign, part, part.value(run)) for sign, part in self.rest]
        if any(is_empty(value) for _sign, _part, value in values):
            return None
        (_sign, _part, value), *rest = values
        total = number(value, self.first.at)
        for sign, part, value in rest:
            total = calculated(sign, total, number(value, part.at), part.at)
        return total

    def __str__(self) -> str:
        parts = [self.first.within(self.power)]
        parts += [f"{sign} {part.within(self.power)}" for sign, part in self.rest]
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Sum(Chain):
    """Numbers added and taken away."""

    power: ClassVar[int] = ADDS


@dataclass(frozen=True, slots=True)
class Product(Chain):
    """Numbers multiplied and divided."""

    power: ClassVar[int] = MULTIPLIES


OPERATIONS = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
    "%": ARITHMETIC.remainder,
}


def calculated(sign: str, left: Decimal, right: Decimal, at: int) -> Decimal:
    """Return `left` and `right` joined by `sign`. Raises ExpressionError at `at`."""
    try:
        return OPERATIONS[sign](left, right)
    except (InvalidOperation, DivisionByZero, Overflow):
        if sign in "/%" and not right:
            raise ExpressionError("division_by_zero", at) from None
        raise ExpressionError("number_too_large", at, most=MOST_DIGITS) from None
