"""What can only be seen across fields: names that are not there, circles, rights of steps nobody has."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any

from accord.domain.expressions import Expression
from accord.domain.form_schema.field import Field, Right
from accord.domain.form_schema.kinds.heading import Heading
from accord.domain.form_schema.kinds.table import Table
from accord.domain.form_schema.problems import Notes
from accord.domain.wording import LANGUAGES, Text, Wording

ABOUT_PEOPLE = ("employee_no", "org_unit", "position")
CONTEXT_NAMES = frozenset({"today", *(f"{who}.{what}" for who in ("person", "starter") for what in ABOUT_PEOPLE)})
"""What conditions may ask for beside the fields: the day, and the codes of who it is about and who started it."""


ASKING: Mapping[str, Wording] = {"visible_if": Wording("显示条件", "condition"), "formula": Wording("公式", "formula")}


@dataclass(frozen=True, slots=True)
class Draft:
    """A field as far as it could be read: `field` is None where something is wrong with it, `key` where it has none."""

    key: str | None
    label: Text
    notes: Notes
    values: Mapping[str, Any]
    field: Field | None

    @property
    def expressions(self) -> Mapping[str, Expression]:
        """What it asks others for, by setting."""
        return {name: self.values[name] for name in ASKING if self.values.get(name) is not None}

    @property
    def asks_for(self) -> list[str]:
        """The names it asks for."""
        return sorted({name for each in self.expressions.values() for name in each.names})


def note_crossings(drafts: list[Draft], steps: Collection[str]) -> None:
    """Note what is wrong between fields, and between fields and steps; without steps, nothing is said about those."""
    _note_doubles(drafts)
    by_key = {draft.key: draft for draft in reversed(drafts) if draft.key}
    for draft in drafts:
        for setting, expression in draft.expressions.items():
            _note_unknown(draft, setting, expression, by_key)
        if steps:
            _note_rights(draft, steps)
    _note_circles(by_key)


def in_order(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Return the fields in an order in which none asks for a later one."""
    by_key = {field.key: field for field in fields}
    asks = {
        field.key: sorted({name for each in field.expressions.values() for name in each.names if name in by_key})
        for field in fields
    }
    return tuple(by_key[key] for key in TopologicalSorter(asks).static_order())


def _note_doubles(drafts: list[Draft]) -> None:
    seen: dict[str, Draft] = {}
    for draft in drafts:
        if draft.key in seen:
            draft.notes.at("key").add("key_twice", given=draft.key, other=seen[draft.key].label)
        elif draft.key is not None:
            seen[draft.key] = draft


def _note_unknown(draft: Draft, setting: str, expression: Expression, by_key: Mapping[str, Draft]) -> None:
    here, words = draft.notes.at(setting), ASKING[setting]
    for name in sorted(expression.names - CONTEXT_NAMES):
        if name not in by_key or isinstance(by_key[name].field, Heading):
            here.add("unknown_name", name=words, given=name)
    for table, column in sorted(expression.columns):
        asked = by_key[table].field if table in by_key else None
        if asked is not None and (not isinstance(asked, Table) or not asked.has_column(column)):
            here.add("unknown_column", name=words, given=f"{table}.{column}")


def _note_circles(by_key: Mapping[str, Draft]) -> None:
    """Note every circle once; a circle is opened where it was noted, so that the next can be seen."""
    asks = {key: [name for name in draft.asks_for if name in by_key] for key, draft in by_key.items()}
    while circle := _circle(asks):
        labels = [by_key[key].label for key in circle]
        cycle = Text(*(" → ".join(label.say(language) for label in labels) for language in LANGUAGES))
        setting = next(iter(by_key[circle[0]].expressions))
        by_key[circle[0]].notes.at(setting).add("cycle", cycle=cycle)
        asks[circle[0]] = [name for name in asks[circle[0]] if name != circle[1]]


def _circle(asks: Mapping[str, list[str]]) -> list[str]:
    """Return a circle of keys, each asking for the next and the last being the first again; empty if there is none."""
    try:
        TopologicalSorter(asks).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _note_rights(draft: Draft, steps: Collection[str]) -> None:
    rights: Mapping[str, Right] = draft.values.get("rights") or {}
    for step in rights:
        if step not in steps:
            draft.notes.at("rights").at(step[:40]).add("unknown_step", given=step)
    field = draft.field
    if field is not None and field.required and field.is_asked and "edit" not in map(field.right, steps):
        draft.notes.at("required").add("required_of_nobody")
