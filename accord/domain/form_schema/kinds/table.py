"""A table of a few columns; the answer is a list of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema import effort
from accord.domain.form_schema.field import Field, Lookups, Names
from accord.domain.form_schema.kinds.choice import Choice
from accord.domain.form_schema.kinds.day import Date
from accord.domain.form_schema.kinds.directory import Person
from accord.domain.form_schema.kinds.number import Number
from accord.domain.form_schema.kinds.text import TextLine
from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting
from accord.domain.form_schema.shapes import Shape, Whole
from accord.domain.wording import Language, Listed, Wording

MOST_COLUMNS, MOST_ROWS, USUAL_ROWS = 12, 100, 3
COLUMN_KINDS: Mapping[str, type[Field]] = {kind.kind: kind for kind in (TextLine, Number, Choice, Date, Person)}
LEAST_ROWS_NAME, MOST_ROWS_NAME = Wording("最少行数", "minimum of rows"), Wording("最多行数", "maximum of rows")
A_COLUMN = Wording("列", "column")


class Columns(Shape):
    """Columns: fields of simple kinds without conditions, rights or defaults of their own."""

    expected = Wording("列表", "a list")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, list | tuple):
            return self.misshapen(notes, name)
        if not 1 <= len(raw) <= MOST_COLUMNS:
            return notes.add("wrong_count", name=name, least=1, most=MOST_COLUMNS, given=len(raw))
        columns = [self._column(each, notes.at(number)) for number, each in enumerate(raw)]
        self._refuse_doubles(columns, notes)
        return tuple(columns)

    def _column(self, raw: object, notes: Notes) -> Any:
        if not isinstance(raw, dict):
            return self.misshapen(notes, A_COLUMN)
        kind = COLUMN_KINDS.get(str(raw.get("kind")))
        if kind is None:
            return notes.at("kind").add("no_column_kind", given=raw.get("kind"), choices=Listed(tuple(COLUMN_KINDS)))
        settings = kind.column_settings
        values = settings.read(raw, notes, A_COLUMN)
        if not settings.is_complete(values):
            return None
        column = kind(**values)
        column.flaws(notes)
        return column

    def _refuse_doubles(self, columns: list[Any], notes: Notes) -> None:
        seen: dict[str, Field] = {}
        for number, column in enumerate(columns):
            if column is not None and column.key in seen:
                notes.at(number).at("key").add("key_twice", given=column.key, other=seen[column.key].label)
            elif column is not None:
                seen[column.key] = column

    def dump(self, value: Any) -> Any:
        return [{"kind": column.kind, **column.column_settings.dump(column)} for column in value]

    def said(self, value: Any) -> object:
        return Listed(tuple(column.label for column in value))


@dataclass(frozen=True, kw_only=True)
class Table(Field):
    """Rows of answers by column. Rows without any answer are dropped."""

    kind = "table"
    words = Wording("表格", "table")
    own = (
        Setting("columns", Wording("列", "columns"), Columns(), needed=True),
        Setting("min_rows", LEAST_ROWS_NAME, Whole(0, MOST_ROWS), default=0),
        Setting("max_rows", MOST_ROWS_NAME, Whole(1, MOST_ROWS), default=MOST_ROWS),
    )
    has_default = False
    usual_length = 40

    columns: tuple[Field, ...]
    min_rows: int = 0
    max_rows: int = MOST_ROWS

    def has_column(self, key: str) -> bool:
        """Whether one of its columns has this key; one that could not be read (None) may be the one that is meant."""
        return any(column is None or column.key == key for column in self.columns)

    @property
    def usual_rows(self) -> int:
        """How many rows people fill in."""
        return max(self.min_rows, min(USUAL_ROWS, self.max_rows))

    def flaws(self, notes: Notes) -> None:
        if self.min_rows > self.max_rows:
            notes.at("min_rows").add("range_reversed", low=LEAST_ROWS_NAME, high=MOST_ROWS_NAME)

    def take(self, raw: object, notes: Notes, known: Lookups) -> Any:
        if not isinstance(raw, list | tuple) or not all(isinstance(row, Mapping) for row in raw):
            return notes.add("unreadable")
        if len(raw) > 2 * MOST_ROWS:
            return notes.add("too_many_rows", most=self.max_rows)
        before = len(notes.problems)
        rows = [self._row(row, number, notes, known) for number, row in enumerate(raw)]
        if len(notes.problems) > before:
            return None
        rows = [row for row in rows if row]
        if len(rows) > self.max_rows:
            return notes.add("too_many_rows", most=self.max_rows)
        return rows or None

    def _row(self, raw: Mapping[str, object], number: int, notes: Notes, known: Lookups) -> dict[str, Any]:
        row = {}
        for column in self.columns:
            given = raw.get(column.key)
            if not column.is_empty(given):
                cell = notes.at(number).at(column.key, field=column.label, row=number + 1)
                answer = column.take(given, cell, known)
                if not column.is_empty(answer):
                    row[column.key] = answer
        return row

    def complete(self, answer: Any, notes: Notes) -> None:
        if len(answer) < self.min_rows:
            notes.add("too_few_rows", least=self.min_rows)
        for number, row in enumerate(answer):
            for column in self.columns:
                cell = notes.at(number).at(column.key, field=column.label, row=number + 1)
                if column.key not in row:
                    if column.required:
                        cell.add("missing")
                else:
                    column.complete(row[column.key], cell)

    def value(self, answer: Any) -> Value:
        if not isinstance(answer, list):
            return None
        return [{column.key: column.value(row.get(column.key)) for column in self.columns} for row in answer]

    def as_text(self, answer: Any, language: Language, names: Names) -> str:
        stop, comma = ("：", "；") if language == "zh-hans" else (": ", "; ")
        lines = []
        for row in answer or ():
            cells = [(column.label, column.as_text(row.get(column.key), language, names)) for column in self.columns]
            lines.append(comma.join(f"{label.say(language)}{stop}{cell}" for label, cell in cells if cell))
        return "\n".join(lines)

    def seconds(self) -> Decimal:
        row = sum((column.seconds() for column in self.columns), effort.MIND)
        return effort.reading(sum(len(column.label.zh) for column in self.columns)) + self.usual_rows * (
            row + effort.CLICK
        )
