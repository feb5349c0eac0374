"""What a step sees of a form with the answers given so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accord.domain.expressions import ExpressionError, Value, holds
from accord.domain.form_schema.field import Field
from accord.domain.form_schema.kinds.calculated import Calculated

if TYPE_CHECKING:
    from accord.domain.form_schema.form import Form


@dataclass(frozen=True, slots=True)
class FieldState:
    """One field as one step sees it.

    `holds` says whether its condition does: without that it counts as not given, though its answer is kept. `visible`
    is whether the step sees it at all; `folded` that it waits behind the click that opens optional fields.
    """

    field: Field
    answer: Any
    holds: bool
    visible: bool
    editable: bool
    required: bool
    folded: bool

    @property
    def key(self) -> str:
        """The key of the field."""
        return self.field.key

    @property
    def given(self) -> bool:
        """Whether there is an answer that counts."""
        return self.holds and not self.field.is_empty(self.answer)


@dataclass(frozen=True, slots=True)
class Look:
    """The fields in the order of the form. `values` are the answers that count, as expressions see them."""

    states: Mapping[str, FieldState]
    values: Mapping[str, Value]

    def __iter__(self) -> Iterator[FieldState]:
        return iter(self.states.values())

    def __getitem__(self, key: str) -> FieldState:
        return self.states[key]

    @property
    def calculated(self) -> dict[str, Any]:
        """The answers of the calculated fields, by key; None where there is none."""
        return {state.key: state.answer for state in self if isinstance(state.field, Calculated)}


def look(
    form: Form,
    answers: Mapping[str, Any],
    step: str,
    *,
    extra: Mapping[str, Value],
    frozen: Set[str],
    show_optional: bool,
) -> Look:
    """Return what `step` sees. A condition or formula that cannot be worked out counts as empty."""
    values: dict[str, Value] = dict(extra)
    states = {}
    for field in form.order:
        holding = _holds(field, values)
        answer = field.result(values) if isinstance(field, Calculated) else answers.get(field.key)
        values[field.key] = field.value(answer) if holding else None
        states[field.key] = _state(field, answer, holding, step, frozen, show_optional)
    return Look({field.key: states[field.key] for field in form.fields}, values)


def _holds(field: Field, values: Mapping[str, Value]) -> bool:
    if field.visible_if is None:
        return True
    try:
        return holds(field.visible_if, values)
    except ExpressionError:
        return False


def may_edit(field: Field, step: str, frozen: Set[str]) -> bool:
    """Whether `step` may fill the field in wherever its condition holds."""
    return field.is_asked and field.right(step) == "edit" and not is_frozen(field, frozen)


def is_frozen(field: Field, frozen: Set[str]) -> bool:
    """Whether the field is hidden for everybody; of what is frozen, only optional fields are."""
    return field.key in frozen and not field.core


def _state(field: Field, answer: Any, holding: bool, step: str, frozen: Set[str], show_optional: bool) -> FieldState:
    visible = holding and field.right(step) != "hide" and not is_frozen(field, frozen)
    editable = visible and may_edit(field, step, frozen)
    return FieldState(
        field=field,
        answer=answer,
        holds=holding,
        visible=visible,
        editable=editable,
        required=editable and field.required,
        folded=visible and not field.core and not show_optional and field.is_empty(answer),
    )
