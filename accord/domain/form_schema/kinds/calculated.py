"""A field that is worked out from others and never typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from accord.domain.expressions import Expression, ExpressionError, Value
from accord.domain.form_schema.field import UNIT, Field, Names
from accord.domain.form_schema.kinds.number import DECIMALS, decimal_of, with_unit
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Formula, Whole
from accord.domain.wording import Language, Text, Wording, plain

_ROUNDING = Context(prec=60, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Calculated(Field):
    """The answer is a decimal as text, or a text. What others read of it is rounded, as people see it."""

    kind = "calculated"
    words = Wording("计算字段", "calculated field")
    own = (
        Setting("formula", Wording("公式", "formula"), Formula(), needed=True),
        UNIT,
        Setting("decimals", Wording("小数位数", "decimals"), Whole(0, DECIMALS)),
    )
    is_asked = False
    has_default = False

    formula: Expression
    unit: Text | None = None
    decimals: int | None = None

    @property
    def expressions(self) -> Mapping[str, Expression]:
        return {**Field.expressions.fget(self), "formula": self.formula}  # type: ignore[attr-defined]

    def result(self, values: Mapping[str, Value]) -> str | None:
        """Return the answer to these values; None where it cannot be worked out, as with a division by zero."""
        try:
            value = self.formula.value(values)
        except ExpressionError:
            return None
        if isinstance(value, Decimal):
            return self._rounded(value)
        if isinstance(value, date):
            return value.isoformat()
        return value if isinstance(value, str) and value else None

    def _rounded(self, value: Decimal) -> str:
        """Return it with its decimals; where none are set, with six at most and no zeros at the end."""
        decimals = DECIMALS if self.decimals is None else self.decimals
        rounded = value.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
        return plain(rounded.normalize(_ROUNDING) if self.decimals is None else rounded)

    def value(self, answer: Any) -> Value:
        number = decimal_of(answer)
        return answer if number is None and isinstance(answer, str) else number

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return with_unit(answer, self.unit, language)
