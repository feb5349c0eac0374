"""Options of a choice and anchors of a rating: a value, and what people read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accord.domain.form_schema.problems import Notes
from accord.domain.form_schema.settings import Setting, Settings
from accord.domain.form_schema.shapes import Line, Shape, TwoLanguages, Whole
from accord.domain.wording import Listed, Text, Wording

LABEL = Setting("label", Wording("名称", "label"), TwoLanguages(100), needed=True)


@dataclass(frozen=True, slots=True)
class Option:
    """One option. `value` is what is stored and what conditions compare with."""

    value: str
    label: Text


@dataclass(frozen=True, slots=True)
class Anchor:
    """One level of a rating: its points, and in words what they stand for."""

    value: int
    label: Text


@dataclass(frozen=True)
class Rows(Shape):
    """From `least` to `most` objects of the same settings, each built into a `row`."""

    row: type[Option] | type[Anchor]
    settings: Settings
    least: int
    most: int
    expected = Wording("列表", "a list")

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        if not isinstance(raw, list | tuple):
            return self.misshapen(notes, name)
        if not self.least <= len(raw) <= self.most:
            return notes.add("wrong_count", name=name, least=self.least, most=self.most, given=len(raw))
        before = len(notes.problems)
        rows = [self.settings.read(each, notes.at(number), name) for number, each in enumerate(raw)]
        return tuple(self.row(**row) for row in rows) if len(notes.problems) == before else None

    def dump(self, value: Any) -> Any:
        return [{"value": row.value, "label": row.label.as_json()} for row in value]

    def said(self, value: Any) -> object:
        return Listed(tuple(row.label for row in value))


class Options(Rows):
    """Options, each with a value of its own."""

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        options = Rows.read(self, raw, notes, name)
        seen: set[str] = set()
        for number, option in enumerate(options or ()):
            if option.value in seen:
                notes.at(number).at("value").add("value_twice", given=option.value)
            seen.add(option.value)
        return options


class Anchors(Rows):
    """Anchors, from the least points to the most."""

    def read(self, raw: object, notes: Notes, name: Wording) -> Any:
        anchors = Rows.read(self, raw, notes, name)
        values = [anchor.value for anchor in anchors or ()]
        if values != sorted(set(values)):
            notes.add("not_ascending")
        return anchors


VALUE = Wording("值", "value")
OPTIONS = Setting(
    "options",
    Wording("选项", "options"),
    Options(Option, Settings(Setting("value", VALUE, Line(60), needed=True), LABEL), 1, 100),
    needed=True,
)
ANCHORS = Setting(
    "anchors",
    Wording("评分档", "anchors"),
    Anchors(Anchor, Settings(Setting("value", VALUE, Whole(-1_000, 1_000), needed=True), LABEL), 3, 10),
    needed=True,
)
