"""A form: what is asked, in which order, of whom."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from accord.domain.expressions import Value
from accord.domain.form_schema.checking import Checked, check
from accord.domain.form_schema.field import Field, Lookups
from accord.domain.form_schema.looking import Look, look
from accord.domain.wording import Text

FORMAT = 1
NONE: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """One turn somebody has at the form."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was read and found whole. `order` is that of working out: no field asks for a later one."""

    title: Text
    intro: Text | None
    steps: tuple[Step, ...]
    fields: tuple[Field, ...]
    order: tuple[Field, ...] = dataclasses.field(compare=False, repr=False)

    def field(self, key: str) -> Field:
        """Return the field with this key. Raises KeyError."""
        for each in self.fields:
            if each.key == key:
                return each
        raise KeyError(key)

    def step(self, key: str) -> Step:
        """Return the step with this key. Raises KeyError."""
        for each in self.steps:
            if each.key == key:
                return each
        raise KeyError(key)

    def as_json(self) -> dict[str, Any]:
        """Return it in the canonical form: what is left at its default is left out."""
        texts = {"title": self.title, "intro": self.intro}
        return {
            "v": FORMAT,
            **{name: text.as_json() for name, text in texts.items() if text is not None},
            "steps": [{"key": step.key, "label": step.label.as_json()} for step in self.steps],
            "fields": [field_as_json(each) for each in self.fields],
        }

    def defaults(self) -> dict[str, Any]:
        """Return the answers a fresh form starts with."""
        return {each.key: each.default for each in self.fields if each.default is not None}

    def look(
        self,
        answers: Mapping[str, Any],
        step: str,
        *,
        extra: Mapping[str, Value] = NONE,
        frozen: Set[str] = frozenset(),
        show_optional: bool = False,
    ) -> Look:
        """Return what `step` sees of the form with these answers.

        `extra` are further values conditions may ask for, such as `today` and `person.position`; `frozen` the optional
        fields hidden for everybody.
        """
        return look(self, answers, step, extra=extra, frozen=frozen, show_optional=show_optional)

    def check(
        self,
        raw: Mapping[str, object],
        step: str,
        *,
        stored: Mapping[str, Any],
        known: Lookups,
        extra: Mapping[str, Value] = NONE,
        frozen: Set[str] = frozenset(),
        to_hand_in: bool = True,
    ) -> Checked:
        """Return the answers after `step` gave `raw`, and what is wrong with them.

        What `step` may not edit stays as stored, and so does a field `raw` does not name; null or "" empties one.
        `to_hand_in` is false for a draft, which may still lack something.
        """
        return check(self, raw, step, stored=stored, known=known, extra=extra, frozen=frozen, to_hand_in=to_hand_in)


def field_as_json(field: Field) -> dict[str, Any]:
    """Return one field in the canonical form."""
    settings = field.settings.dump(field)
    default = {} if field.default is None else {"default": field.default}
    return {"key": settings.pop("key"), "kind": field.kind, **settings, **default}
