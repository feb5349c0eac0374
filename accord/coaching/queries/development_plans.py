"""Reads of development plans."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accord.coaching.models import DevelopmentPlan, FocusArea
from accord.people.models import Employee


def plans_in_full() -> QuerySet[DevelopmentPlan]:
    """Plans with their two people and the focus areas that stand in them."""
    standing = Prefetch("focus_areas", FocusArea.objects.filter(removed_at=None), to_attr="standing")
    return DevelopmentPlan.objects.select_related(
        "employee__user", "employee__manager__user", "employee__position", "manager__user", "made_by"
    ).prefetch_related(standing)


def focus_areas_of(plan: DevelopmentPlan) -> list[FocusArea]:
    """The focus areas that stand in the plan, in order."""
    return list(FocusArea.objects.filter(plan=plan, removed_at=None))


def running_plan_of(employee: Employee) -> DevelopmentPlan | None:
    """The plan somebody works on now."""
    return plans_in_full().filter(employee=employee, state=DevelopmentPlan.State.RUNNING).first()
