"""The arithmetic every method shares: how a number is read, how exact it is kept, how it is rounded."""

import re
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)

from accord.domain.scoring.errors import NotANumberError, NotFiniteError, NumberOutOfRangeError
from accord.domain.wording import plain

WHOLE_DIGITS = 18
DECIMAL_DIGITS = 24
LONGEST_TEXT = 64

# Within these limits a raw score is smaller than 1e60, and either exactly a tie (k + 0.005) or more than 1e-70 away
# from one. 150 digits therefore tell the two apart: no score is ever rounded twice.
ARITHMETIC = Context(prec=150, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])

ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)
CENT = Decimal("0.01")
NO_CENTS = Decimal("0.00")

_is_plain_text = re.compile(r"-?\d{1,18}(\.\d{1,24})?", re.ASCII).fullmatch
_is_decimal_text = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE).fullmatch
_is_not_finite_text = re.compile(r"[+-]?(s?nan\d*|inf(inity)?)", re.ASCII | re.IGNORECASE).fullmatch


def cents(number: Decimal) -> Decimal:
    """Round half-up (a tie away from zero) to 0.01; minus zero becomes zero.

    Raises NumberOutOfRange for a result that could not be read in again.
    """
    rounded = number.quantize(CENT, ROUND_HALF_UP, ARITHMETIC) or NO_CENTS
    if rounded.adjusted() >= WHOLE_DIGITS:
        raise NumberOutOfRangeError(name="score")
    return rounded


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number to be shown in fixed steps, e.g. a rate to 0.01 %; rounded only when its sentence is read."""

    number: Decimal
    step: Decimal = CENT
    rounding: str = ROUND_HALF_UP

    def __str__(self) -> str:
        return plain(self.number.quantize(self.step, self.rounding, ARITHMETIC))


def read_number(given: object, name: str) -> Decimal:
    """Return `given` (text, int or Decimal) as an exact Decimal.

    Binary floats are refused: they no longer hold the digits somebody typed. Raises NotANumberError, NotFiniteError, or
    NumberOutOfRangeError beyond 18 digits before or 24 digits after the point.
    """
    if isinstance(given, str):
        # Nearly every number looks like this and needs no other check.
        return Decimal(given) if _is_plain_text(given) else _from_text(given, name)
    if isinstance(given, Decimal):
        return _within_limits(given, name)
    if isinstance(given, int) and not isinstance(given, bool):
        if abs(given) >= 10**WHOLE_DIGITS:
            raise NumberOutOfRangeError(name=name)
        return Decimal(given)
    raise NotANumberError(name=name, given=given)


def _from_text(given: str, name: str) -> Decimal:
    text = given.strip()
    if _is_not_finite_text(text[:LONGEST_TEXT]):
        raise NotFiniteError(name=name)
    if not _is_decimal_text(text):
        raise NotANumberError(name=name, given=given)
    if len(text) > LONGEST_TEXT:
        raise NumberOutOfRangeError(name=name)
    try:
        return _within_limits(ARITHMETIC.create_decimal(text), name)
    except (InvalidOperation, Overflow):
        raise NumberOutOfRangeError(name=name) from None


def _within_limits(number: Decimal, name: str) -> Decimal:
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise NotFiniteError(name=name)
    if number.adjusted() >= WHOLE_DIGITS or exponent < -DECIMAL_DIGITS:
        raise NumberOutOfRangeError(name=name)
    return number
