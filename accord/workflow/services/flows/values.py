"""What conditions may ask about an instance: the form's answers, the values given along, facts about the people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from accord.foundation.clock import organisation_day
from accord.workflow.models import FlowInstance
from accord.workflow.queries.flow_texts import look_of, people_of


def condition_values(instance: FlowInstance, names: Collection[str]) -> Mapping[str, Any]:
    """The values behind `names` as they are right now; names nobody knows are left out, and so are empty.

    What was given along at the start comes before an answer of the same name.
    """
    if instance.fill_id:
        return {**look_of(instance).values, **_given(instance)}
    about = people_of(instance) if any("." in name for name in names) else {}
    return {"today": organisation_day(), **about, **_given(instance)}


def _given(instance: FlowInstance) -> dict[str, Any]:
    """The values given along; JSON's numbers with a fraction as the decimals they were written as."""
    values = instance.values.items()
    return {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in values}
