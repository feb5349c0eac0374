"""What this app knows about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from accord.foundation.models import User
from accord.people.models import Employee, Leave, Placement, ReportingLine, RoleGrant
from accord.people.queries.sight import seers_of


def own_data(user: User) -> dict[str, Any]:
    """Employment, where and under whom one worked when, roles, and who may see one's numbers today."""
    employee = Employee.objects.select_related("org_unit", "position", "manager").filter(user=user).first()
    if employee is None:
        return {}
    return {
        "employment": {
            "employee_no": employee.employee_no,
            "name": employee.name,
            "email": employee.email,
            "org_unit": employee.org_unit.path,
            "position": employee.position.name,
            "manager": employee.manager.name if employee.manager else None,
            "hired_on": employee.hired_on,
            "left_on": employee.left_on,
            "status": employee.status,
        },
        "placements": list(
            Placement.objects.filter(employee=employee)
            .order_by("valid_from")
            .values("valid_from", "valid_to", unit=F("org_unit__path"), held_position=F("position__name"))
        ),
        "reporting_lines": list(
            ReportingLine.objects.filter(employee=employee)
            .order_by("valid_from")
            .values("valid_from", "valid_to", reports_to=F("manager__name"))
        ),
        "leaves": list(Leave.objects.filter(employee=employee).order_by("first_day").values("first_day", "last_day")),
        "roles": list(
            RoleGrant.objects.filter(employee=employee)
            .order_by("valid_from", "pk")
            .values("role", "valid_from", "valid_to", unit=F("org_unit__path"))
        ),
        "may_see_my_numbers": [
            {"name": sight.who.name, "why": [f"{reason.text} {reason.unit}".strip() for reason in sight.reasons]}
            for sight in seers_of(employee)
        ],
    }
