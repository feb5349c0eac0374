"""Who may see one person's performance, and why: the rules of `access`, asked from the other side."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accord.foundation.errors import Text
from accord.people.models import Employee, OrgClosure, OrgUnitClosure, RoleGrant
from accord.people.queries.standing import held_on


@dataclass(frozen=True)
class Sight:
    """Somebody who sees a person's numbers: why, and since when."""

    who: Employee
    reason: Text
    detail: str = ""


def seers_of(employee: Employee) -> list[Sight]:
    """Everybody but the person who may see their numbers today, the line first; once for each reason they have."""
    return [*_line(employee), *_partners(employee), *_executives(employee)]


def _line(employee: Employee) -> list[Sight]:
    rows = OrgClosure.objects.filter(descendant=employee, depth__gt=0, valid_to=None).filter(_can_sign_in("ancestor__"))
    above = rows.select_related("ancestor__position", "ancestor__org_unit").order_by("depth")
    return [
        Sight(row.ancestor, _("your line manager") if row.depth == 1 else _("above you in the line")) for row in above
    ]


def _partners(employee: Employee) -> list[Sight]:
    units = OrgUnitClosure.objects.filter(descendant=employee.org_unit_id).values("ancestor_id")
    grants = _held(RoleGrant.Role.HRBP, employee).filter(org_unit__in=units).select_related("org_unit")
    return [
        Sight(grant.employee, _("HR partner of your unit"), grant.org_unit.path if grant.org_unit else "")
        for grant in grants
    ]


def _executives(employee: Employee) -> list[Sight]:
    grants = _held(RoleGrant.Role.EXECUTIVE, employee)
    return [Sight(grant.employee, _("sees the whole organisation")) for grant in grants]


def _held(role: str, employee: Employee) -> QuerySet[RoleGrant]:
    """The grants of a role that hold today, of people who can sign in, but the person's own."""
    grants = RoleGrant.objects.filter(held_on(timezone.localdate()), _can_sign_in("employee__"), role=role)
    others = grants.exclude(employee=employee).select_related("employee__position", "employee__org_unit")
    return others.order_by("employee__employee_no", F("org_unit__path").asc(nulls_first=True))


def _can_sign_in(prefix: str) -> Q:
    left = Q(**{f"{prefix}status": Employee.Status.LEFT})
    return Q(**{f"{prefix}user__is_active": True}) & ~left
