"""What conditions may ask about an instance: the form's answers, the values given along, facts about the people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from accord.people.models import Employee
from accord.workflow.models import FlowInstance

PERSONS = ("person", "starter")


def condition_values(instance: FlowInstance, names: Collection[str]) -> Mapping[str, Any]:
    """The values behind `names` as they are right now; names nobody knows are left out, and so are empty."""
    values: dict[str, Any] = dict(instance.values)
    if instance.fill_id and any(name not in values and "." not in name for name in names):
        values = {**instance.fill.answers, **values} if instance.fill else values
    for who in PERSONS:
        if any(name.startswith(f"{who}.") for name in names):
            values |= _about(who, instance.person_id if who == "person" else instance.starter_id)
    return values


def _about(who: str, employee_id: int) -> dict[str, str]:
    person = Employee.objects.select_related("org_unit", "position").get(pk=employee_id)
    return {
        f"{who}.employee_no": person.employee_no,
        f"{who}.org_unit": person.org_unit.path,
        f"{who}.position": person.position.name,
    }
