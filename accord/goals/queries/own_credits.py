"""The KPIs of assessment models that a person proposed, as they may take them along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accord.foundation.models import User
from accord.goals.models import AssessmentModelVersion
from accord.goals.queries.assessment_models import metrics_in, names_of, raw_items
from accord.people.models import Employee

_State = AssessmentModelVersion.State


def own_credits(user: User) -> list[dict[str, Any]]:
    """In which versions, in use or in use before, a KPI is credited to a person; drafts are nobody's to take along."""
    employee = Employee.objects.filter(user=user).first()
    if employee is None:
        return []
    versions = AssessmentModelVersion.objects.filter(state__in=(_State.PUBLISHED, _State.RETIRED))
    in_order = versions.select_related("assessment_model").order_by("published_at", "pk")
    return [credit for version in in_order for credit in _credits(version, employee.employee_no)]


def _credits(version: AssessmentModelVersion, number: str) -> Iterator[dict[str, Any]]:
    credited = [item for item in raw_items(version.body) if item.get("author") == number]
    names = names_of(metrics_in(version.body)) if credited else {}
    for item in credited:
        yield {
            "model": version.assessment_model.name,
            "version": version.number,
            "since": version.published_at,
            "metric": names[item["metric"]].zh if item["metric"] in names else "",
            "why": item.get("why", ""),
        }
