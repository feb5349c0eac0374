"""The clock of a form: how long filling it in will take, before anybody has.

Only what a person has to touch or read counts. docs/form-time.md says how good the estimate is meant to be.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from accord.domain.form_schema import effort
from accord.domain.form_schema.field import FIRST_STEP, Field
from accord.domain.form_schema.form import Form

CONDITIONAL = Decimal("0.5")
"""A field with a condition is there for every other person."""
HANDING_IN = effort.MIND + effort.CLICK


def predicted_seconds(form: Form, step: str | None = None) -> int:
    """Return the seconds one turn takes; without `step`, that of the step with most to do."""
    steps = [each.key for each in form.steps] if step is None else [step]
    return max(_turn(form, each) for each in steps)


def predicted_seconds_of(field: Field, step: str = FIRST_STEP) -> Decimal:
    """Return the seconds `step` spends on one field."""
    right = field.right(step)
    if right == "hide" or not field.core:
        return effort.NONE
    seconds = effort.reading(len(field.label.zh))
    if field.is_asked and right == "edit" and field.default is None:
        seconds += effort.MIND + field.seconds()
    else:
        seconds += effort.reading(field.usual_length)
    return seconds if field.visible_if is None else seconds * CONDITIONAL


def _turn(form: Form, step: str) -> int:
    seconds = sum((predicted_seconds_of(field, step) for field in form.fields), effort.NONE)
    return int((seconds + HANDING_IN).quantize(Decimal(1), ROUND_HALF_UP)) if seconds else 0
