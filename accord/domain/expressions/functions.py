"""The functions of expressions. A new one is a function here and a line in FUNCTIONS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.expressions.errors import ExpressionError
from accord.domain.expressions.tree import Literal, Name, Node, Run, calculated
from accord.domain.expressions.values import (
    A_LIST,
    A_TABLE,
    A_TEXT,
    ARITHMETIC,
    Value,
    day,
    given,
    is_empty,
    items,
    kind_of,
    number,
    same,
    truth,
)

MOST_DECIMALS = 10


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of some values."""

    name: str
    parts: tuple[Node, ...]

    def value(self, run: Run) -> Value:
        run.spend(self.at)
        return FUNCTIONS[self.name].apply(self, run)

    def values(self, run: Run) -> list[Value]:
        """Return the values it is a function of."""
        return [part.value(run) for part in self.parts]

    def numbers(self, run: Run) -> list[Decimal]:
        """Return all numbers it is given, those in lists too; empty values are left out."""
        values: list[Value] = []
        for value in self.values(run):
            values += value if isinstance(value, list) else [value]
        run.spend(self.at, len(values))
        return [number(given(value, self.at), self.at) for value in values if not is_empty(value)]

    def __str__(self) -> str:
        return f"{self.name}({', '.join(map(str, self.parts))})"


@dataclass(frozen=True, slots=True)
class Function:
    """`usage` shows how it is written; it takes from `least` to `most` values."""

    usage: str
    least: int
    most: int | None
    apply: Callable[[Call, Run], Value]

    def takes(self, parts: tuple[Node, ...]) -> bool:
        """Whether it can be called with `parts`."""
        return self.least <= len(parts) and (self.most is None or len(parts) <= self.most)


def _least(call: Call, run: Run) -> Value:
    return min(call.numbers(run), default=None)


def _greatest(call: Call, run: Run) -> Value:
    return max(call.numbers(run), default=None)


def _sum(call: Call, run: Run) -> Value:
    return _total(call.numbers(run), call.at)


def _total(numbers: list[Decimal], at: int) -> Decimal | None:
    total = None
    for each in numbers:
        total = each if total is None else calculated("+", total, each, at)
    return total


def _rounded(call: Call, run: Run) -> Value:
    value, places = [*call.values(run), Decimal(0)][:2]
    if is_empty(value) or is_empty(places):
        return None
    decimals = number(places, call.at)
    if decimals not in range(MOST_DECIMALS + 1):
        raise ExpressionError("wrong_arguments", call.at, given=call.name, usage=FUNCTIONS[call.name].usage)
    exact = number(value, call.at)
    step = Decimal(1).scaleb(-int(decimals))
    # A number with fewer decimals is round already; one too long for more of them has no room for any.
    return exact if -int(exact.as_tuple().exponent) <= decimals else exact.quantize(step, context=_ROUNDING)


def _absolute(call: Call, run: Run) -> Value:
    [value] = call.values(run)
    return None if is_empty(value) else ARITHMETIC.abs(number(value, call.at))


def _if(call: Call, run: Run) -> Value:
    condition, then, otherwise = call.parts
    return (then if truth(condition.value(run), condition.at) else otherwise).value(run)


def _count(call: Call, run: Run) -> Value:
    [value] = call.values(run)
    listed = items(value, call.at)
    run.spend(call.at, len(listed))
    return Decimal(sum(not is_empty(each) for each in listed))


def _contains(call: Call, run: Run) -> Value:
    whole, part = call.values(run)
    if is_empty(whole) or is_empty(part):
        return False
    if isinstance(whole, list):
        run.spend(call.at, len(whole))
        return any(same(each, part, call.at) for each in whole)
    if not isinstance(whole, str):
        raise ExpressionError("wrong_type", call.at, wanted=A_LIST, given=kind_of(whole))
    if not isinstance(part, str):
        raise ExpressionError("wrong_type", call.at, wanted=A_TEXT, given=kind_of(part))
    return part in whole


def _empty(call: Call, run: Run) -> Value:
    [value] = call.values(run)
    return is_empty(value)


def _days(call: Call, run: Run) -> Value:
    first, last = call.values(run)
    if is_empty(first) or is_empty(last):
        return None
    return Decimal((day(last, call.at) - day(first, call.at)).days)


def _sum_of(call: Call, run: Run) -> Value:
    table, column = call.values(run)
    rows = items(table, call.at)
    run.spend(call.at, len(rows))
    numbers: list[Decimal] = []
    for row in rows:
        if not isinstance(row, Mapping):
            raise ExpressionError("wrong_type", call.at, wanted=A_TABLE, given=kind_of(row))
        value = row.get(column)
        if not is_empty(value):
            numbers.append(number(given(value, call.at), call.at))
    return _total(numbers, call.at)


_ROUNDING = ARITHMETIC.copy()
_ROUNDING.prec = 80

FUNCTIONS: dict[str, Function] = {
    "min": Function("min(a, b, …)", 1, None, _least),
    "max": Function("max(a, b, …)", 1, None, _greatest),
    "sum": Function("sum(a, b, …)", 1, None, _sum),
    "round": Function("round(x, 0–10)", 1, 2, _rounded),
    "abs": Function("abs(x)", 1, 1, _absolute),
    "if": Function("if(condition, a, b)", 3, 3, _if),
    "count": Function("count(list)", 1, 1, _count),
    "contains": Function("contains(list_or_text, x)", 2, 2, _contains),
    "empty": Function("empty(x)", 1, 1, _empty),
    "days": Function("days(from, to)", 2, 2, _days),
    "sum_of": Function("sum_of(table, 'column')", 2, 2, _sum_of),
}


def is_column_sum(parts: tuple[Node, ...]) -> bool:
    """Whether `parts` name a table and one of its columns, so that both can be checked before anybody calculates."""
    table, column = parts
    return isinstance(table, Name) and isinstance(column, Literal) and isinstance(column.literal, str)
