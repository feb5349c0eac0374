"""The two sides of a development plan: the person, and the line manager it is with while they still lead them."""

from __future__ import annotations

from typing import Literal

from accord.coaching.errors.development_plans import PlanNotYours
from accord.coaching.models import DevelopmentPlan
from accord.people.models import Employee

Side = Literal["employee", "manager"]


def side_of(plan: DevelopmentPlan, person: Employee | None) -> Side | None:
    """Which side of the plan somebody is today. A former manager is none, a new one only once it was handed on."""
    if person is None:
        return None
    if person.pk == plan.employee_id:
        return "employee"
    return "manager" if person.pk == plan.manager_id == plan.employee.manager_id else None


def require_side(plan: DevelopmentPlan, person: Employee) -> Side:
    """The side somebody is. Raises PlanNotYours for everybody else, whatever their role."""
    side = side_of(plan, person)
    if side is None:
        raise PlanNotYours(employee=plan.employee.name)
    return side


def other_side(plan: DevelopmentPlan, person: Employee) -> Employee:
    """The one with whom one agrees."""
    return plan.manager if person.pk == plan.employee_id else plan.employee
