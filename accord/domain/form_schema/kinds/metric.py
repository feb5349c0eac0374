"""A value of a metric: prefilled from the measurements, with its origin, and never typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from accord.domain.expressions import Value
from accord.domain.form_schema.field import Field, Names
from accord.domain.form_schema.kinds.number import decimal_of
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Line, Word
from accord.domain.wording import Language, Wording

PERIODS = {"week": Wording("周", "week"), "month": Wording("月", "month"), "quarter": Wording("季度", "quarter")}


@dataclass(frozen=True, kw_only=True)
class Metric(Field):
    """The answer is `{"value": "97.5", "origin": {…}}`, written by whoever prefills the form."""

    kind = "metric"
    words = Wording("指标值", "metric value")
    own = (
        Setting("metric", Wording("指标", "metric"), Line(100), needed=True),
        Setting("period", Wording("周期", "period"), Word(PERIODS), default="month"),
    )
    is_asked = False
    has_default = False

    metric: str
    period: Literal["week", "month", "quarter"] = "month"

    def is_empty(self, answer: Any) -> bool:
        return not isinstance(answer, dict) or answer.get("value") is None

    def value(self, answer: Any) -> Value:
        return None if self.is_empty(answer) else decimal_of(answer["value"])

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return "" if self.is_empty(answer) else str(answer["value"])
