"""What an expression calculates with, and the decimal arithmetic it does so in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any, TypeAlias

from accord.domain.expressions.errors import ExpressionError
from accord.domain.wording import Wording, trimmed

# A list holds values, or rows of a table: a value by column.
Value: TypeAlias = Decimal | str | bool | date | list[Any] | None

MOST_DIGITS = 30
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ARITHMETIC = Context(
    prec=MOST_DIGITS,
    rounding=ROUND_HALF_UP,
    Emin=-MOST_DIGITS,
    Emax=MOST_DIGITS - 1,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

A_NUMBER = Wording("数字", "a number")
A_TEXT = Wording("文本", "a text")
A_CONDITION = Wording("条件（是或否）", "a condition")
A_DATE = Wording("日期", "a date")
A_LIST = Wording("列表", "a list")
A_TABLE = Wording("表格", "a table")
NOTHING = Wording("空值", "nothing")
ALIKE = Wording("同类的两个值", "two values of one kind")
SOMETHING_ELSE = Wording("无法计算的内容", "something else")


def kind_of(value: object) -> Wording:
    """Return what `value` is, in words."""
    kinds = (
        (bool, A_CONDITION),
        (Decimal, A_NUMBER),
        (str, A_TEXT),
        (date, A_DATE),
        (list, A_LIST),
        (Mapping, A_TABLE),
    )
    if value is None:
        return NOTHING
    return next((words for kind, words in kinds if isinstance(value, kind)), SOMETHING_ELSE)


def given(value: object, at: int) -> Value:
    """Return a value from outside as one to calculate with; raises ExpressionError for a kind there is no rule for."""
    if isinstance(value, str | bool | date | list) or value is None:
        return value
    if isinstance(value, int):
        value = Decimal(value)
    if isinstance(value, Decimal):
        if not value.is_finite() or value.adjusted() >= MOST_DIGITS:
            raise ExpressionError("number_too_large", at, most=MOST_DIGITS)
        return ARITHMETIC.plus(value)
    raise ExpressionError("wrong_type", at, wanted=A_NUMBER, given=SOMETHING_ELSE)


def is_empty(value: object) -> bool:
    """Whether nothing was given: nothing, blank text, an empty list."""
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def number(value: Value, at: int) -> Decimal:
    """Return `value` as a number. Raises ExpressionError for anything else."""
    if isinstance(value, Decimal):
        return value
    raise ExpressionError("wrong_type", at, wanted=A_NUMBER, given=kind_of(value))


def truth(value: Value, at: int) -> bool:
    """Return `value` as a condition; an empty one does not hold. Raises ExpressionError for what is no condition."""
    if isinstance(value, bool):
        return value
    if is_empty(value):
        return False
    raise ExpressionError("wrong_type", at, wanted=A_CONDITION, given=kind_of(value))


def day(value: Value, at: int) -> date:
    """Return a date, also from text like 2026-01-31. Raises ExpressionError."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise ExpressionError("wrong_type", at, wanted=A_DATE, given=kind_of(value))
    try:
        return date.fromisoformat(value.strip())
    except ValueError:
        raise ExpressionError("not_a_date", at, given=value) from None


def items(value: Value, at: int) -> list[Any]:
    """Return the elements of a list; nothing has none. Raises ExpressionError for anything else."""
    if isinstance(value, list):
        return [each if isinstance(each, Mapping) else given(each, at) for each in value]
    if is_empty(value):
        return []
    raise ExpressionError("wrong_type", at, wanted=A_LIST, given=kind_of(value))


def alike(left: Value, right: Value, at: int) -> tuple[Value, Value]:
    """Return both as values of one kind where a text can be read as what the other is: a date, a number."""
    if isinstance(left, date) and isinstance(right, str):
        return left, day(right, at)
    if isinstance(right, date) and isinstance(left, str):
        return day(left, at), right
    if isinstance(left, Decimal) and isinstance(right, str):
        return trimmed(left), right
    if isinstance(right, Decimal) and isinstance(left, str):
        return left, trimmed(right)
    return left, right


def sortable(left: Value, right: Value, at: int) -> tuple[Value, Value]:
    """As `alike`, and two texts that are written as dates are dates: as texts they have no order."""
    if isinstance(left, str) and isinstance(right, str) and _DATE.fullmatch(left) and _DATE.fullmatch(right):
        return day(left, at), day(right, at)
    return alike(left, right, at)


def same(left: Value, right: Value, at: int) -> bool:
    """Whether two values are equal; values of different kinds are not, and an empty one equals nothing."""
    if is_empty(left) or is_empty(right):
        return False
    left, right = alike(left, right, at)
    return kind_of(left) is kind_of(right) and left == right
