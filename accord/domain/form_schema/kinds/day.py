"""A date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Day
from accord.domain.form_schema.written import date_of
from accord.domain.wording import Language, Wording

EARLIEST, LATEST = Wording("最早", "earliest date"), Wording("最晚", "latest date")


@dataclass(frozen=True, kw_only=True)
class Date(Field):
    """A day; the answer is written as 2026-01-31."""

    kind = "date"
    words = Wording("日期", "date")
    own = (Setting("min", EARLIEST, Day()), Setting("max", LATEST, Day()))

    min: date | None = None
    max: date | None = None

    def flaws(self, notes: Notes) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            notes.at("min").add("range_reversed", low=EARLIEST, high=LATEST)

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if not isinstance(raw, str):
            return notes.add("unreadable")
        if not raw.strip():
            return None
        day = date_of(raw) if len(raw) < 40 else None
        if day is None:
            return notes.add("not_a_date", given=raw)
        if self.min is not None and day < self.min:
            return notes.add("too_early", least=self.min.isoformat())
        if self.max is not None and day > self.max:
            return notes.add("too_late", most=self.max.isoformat())
        return day.isoformat()

    def value(self, answer: Any) -> Value:
        return date_of(answer) if isinstance(answer, str) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return answer or ""

    def seconds(self) -> Decimal:
        return 3 * effort.CLICK + effort.MIND
