"""Somebody, or a unit, of the organisation; the answer is the primary key."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.written import whole_of
from accord.domain.wording import Language, Wording


@dataclass(frozen=True, kw_only=True)
class Person(Field):
    """One employee."""

    kind = "person"
    words = Wording("人员", "person")

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        employee_id = whole_of(raw)
        if employee_id is None or not known.employee_exists(employee_id):
            return notes.add("unknown_person")
        return employee_id

    def value(self, answer: Any) -> Value:
        return Decimal(answer) if isinstance(answer, int) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return "" if answer is None else names.employee_name(answer)

    def seconds(self) -> Decimal:
        return effort.looking_up()


@dataclass(frozen=True, kw_only=True)
class Unit(Field):
    """One organisation unit."""

    kind = "org_unit"
    words = Wording("部门", "organisation unit")

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        unit_id = whole_of(raw)
        if unit_id is None or not known.unit_exists(unit_id):
            return notes.add("unknown_unit")
        return unit_id

    def value(self, answer: Any) -> Value:
        return Decimal(answer) if isinstance(answer, int) else None

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        return "" if answer is None else names.unit_name(answer)

    def seconds(self) -> Decimal:
        return effort.looking_up()
