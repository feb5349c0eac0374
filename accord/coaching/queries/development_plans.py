"""Reads of development plans."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accord.coaching.models import DevelopmentPlan, FocusArea
from accord.people.models import Employee


def plans_in_full() -> QuerySet[DevelopmentPlan]:
    """Plans with their two people and the focus areas that stand in them."""
    standing = Prefetch("focus_areas", FocusArea.objects.filter(removed_at=None), to_attr="standing")
    plans = DevelopmentPlan.objects.select_related(
        "employee__user", "employee__manager__user", "employee__position", "manager__user", "made_by"
    )
    return plans.prefetch_related(standing)  # type: ignore[no-redef]  # The model names the attribute for its readers.


def running_plan_of(employee: Employee) -> DevelopmentPlan | None:
    """The plan somebody works on now."""
    return plans_in_full().filter(employee=employee, state=DevelopmentPlan.State.RUNNING).first()
