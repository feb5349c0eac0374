"""A number, perhaps with a unit. Stored as decimal text: a binary float would not keep what was written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import UNIT, Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Quantity, Whole
from accord.domain.form_schema.written import number_of
from accord.domain.wording import Language, Text, Wording, plain

WHOLE_DIGITS, DECIMALS = 18, 6
_STORED = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?")
LEAST, MOST = Wording("最小值", "minimum"), Wording("最大值", "maximum")


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """A number within limits."""

    kind = "number"
    words = Wording("数字", "number")
    own = (
        UNIT,
        Setting("min", LEAST, Quantity()),
        Setting("max", MOST, Quantity()),
        Setting("decimals", Wording("小数位数", "decimals"), Whole(0, DECIMALS)),
    )

    unit: Text | None = None
    min: Decimal | None = None
    max: Decimal | None = None
    decimals: int | None = None

    def flaws(self, notes: Notes) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            notes.at("min").add("range_reversed", low=LEAST, high=MOST)

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            return notes.add("unreadable")
        written = self._without_unit(str(raw) if not isinstance(raw, int) or abs(raw) < 10**WHOLE_DIGITS else "9" * 19)
        if not written:
            return None
        number = number_of(written) if len(written) <= 100 else None
        if number is None:
            return notes.add("not_a_number", given=written)
        return self._within(number, notes)

    def _without_unit(self, written: str) -> str:
        written = unicodedata.normalize("NFKC", written).strip()
        for unit in (self.unit.zh, self.unit.en) if self.unit else ():
            if unit:
                written = written.removesuffix(unicodedata.normalize("NFKC", unit)).rstrip()
        return written

    def _within(self, number: Decimal, notes: Notes) -> Any:
        """Return `number` as it is stored, or note why it may not be given."""
        number = number.normalize()
        decimals = DECIMALS if self.decimals is None else self.decimals
        if number.adjusted() >= WHOLE_DIGITS:
            return notes.add("too_many_digits", most=WHOLE_DIGITS)
        if -int(number.as_tuple().exponent) > decimals:
            return notes.add("too_many_decimals" if decimals else "no_decimals", most=decimals)
        if self.min is not None and number < self.min:
            return notes.add("below_least", least=self.min)
        if self.max is not None and number > self.max:
            return notes.add("above_most", most=self.max)
        return plain(number)

    def value(self, answer: Any) -> Value:
        return decimal_of(answer)

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return with_unit(answer, self.unit, language)

    def seconds(self) -> Decimal:
        return effort.typing(5)


def decimal_of(answer: Any) -> Decimal | None:
    """Return a stored number, None where there is none."""
    return Decimal(answer) if isinstance(answer, str) and _STORED.fullmatch(answer) else None


def with_unit(answer: Any, unit: Text | None, language: Language) -> str:
    """Return a number as text with its unit behind it."""
    if answer is None:
        return ""
    said = unit.say(language) if unit else ""
    return f"{answer}{'' if said == '%' or not said else ' '}{said}"
