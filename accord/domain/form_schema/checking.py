"""The one truth about answers: what was handed in, read and checked on the server."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accord.domain.expressions import Value
from accord.domain.form_schema.field import Field, Lookups
from accord.domain.form_schema.kinds.calculated import Calculated
from accord.domain.form_schema.looking import FieldState, look, may_edit
from accord.domain.form_schema.problems import Notes, Problem

if TYPE_CHECKING:
    from accord.domain.form_schema.form import Form


@dataclass(frozen=True, slots=True)
class Checked:
    """The answers to store, and what is wrong, by place. A wrong answer leaves the stored one as it was."""

    answers: dict[str, Any]
    problems: dict[str, list[Problem]]


def check(
    form: Form,
    raw: Mapping[str, object],
    step: str,
    *,
    stored: Mapping[str, Any],
    known: Lookups,
    extra: Mapping[str, Value],
    frozen: Set[str],
    to_hand_in: bool,
) -> Checked:
    """Read what `step` may fill in, see with it which fields are there, and keep of it what those say."""
    notes = {field.key: Notes(field.key, field=field.label) for field in form.fields}
    offered = [field for field in form.fields if field.key in raw and may_edit(field, step, frozen)]
    taken = {field.key: _taken(field, raw[field.key], notes[field.key], known) for field in offered}
    right = {key: answer for key, answer in taken.items() if not notes[key].problems}
    view = look(form, {**stored, **right}, step, extra=extra, frozen=frozen, show_optional=True)
    answers = dict(stored)
    problems: dict[str, list[Problem]] = {}
    for state in view:
        answers[state.key] = _kept(state, stored)
        if state.editable:
            if to_hand_in and not notes[state.key].problems:
                _complete(state, notes[state.key])
            for problem in notes[state.key].problems:
                problems.setdefault(problem.place, []).append(problem)
    return Checked({key: answer for key, answer in answers.items() if answer is not None}, problems)


def _taken(field: Field, raw: object, notes: Notes, known: Lookups) -> Any:
    is_blank = isinstance(raw, str) and not raw.strip()
    return None if is_blank or field.is_empty(raw) else field.take(raw, notes, known)


def _kept(state: FieldState, stored: Mapping[str, Any]) -> Any:
    """Return the answer to store: the new one where it may be given, the computed one, or the one there was."""
    if isinstance(state.field, Calculated):
        return state.answer if state.holds else None
    return state.answer if state.editable else stored.get(state.key)


def _complete(state: FieldState, notes: Notes) -> None:
    if not state.field.is_empty(state.answer):
        state.field.complete(state.answer, notes)
    elif state.required:
        notes.add("missing")
