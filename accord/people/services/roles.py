"""Granting and revoking rights beyond one's own line."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.services.events import record
from accord.people.errors import (
    AlreadyGranted,
    GrantNotPossible,
    LastAdministrator,
    NotWorkingHere,
    RoleNeedsUnit,
    RoleWithoutUnit,
)
from accord.people.models import Employee, OrgUnit, RoleGrant
from accord.people.services.staging import take_turn

Role = RoleGrant.Role
UNIT_ROLES = frozenset({Role.HRBP, Role.ASSISTANT})


@transaction.atomic
def grant_role(
    employee: Employee,
    role: RoleGrant.Role,
    *,
    org_unit: OrgUnit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    actor: User | None = None,
) -> RoleGrant:
    """Give `employee` a role from a day (today) up to and including `valid_to` (until revoked).

    HRBP and performance assistant are held over a unit and all units in it, the other roles over everything.
    """
    take_turn()
    first = valid_from or organisation_day()
    _check(employee, role, org_unit, first, valid_to)
    grant = RoleGrant.objects.create(
        employee=employee, role=role, org_unit=org_unit, valid_from=first, valid_to=valid_to
    )
    record("role.granted", subject=f"employees:{employee.pk}", actor=actor, **_facts(grant), valid_to=_iso(valid_to))
    return grant


@transaction.atomic
def revoke_role(grant: RoleGrant, *, actor: User | None = None) -> None:
    """End a grant with yesterday, so that the next request is refused. One that began today or later is removed.

    Raises LastAdministrator rather than leave nobody who can grant roles.
    """
    take_turn()
    grant.refresh_from_db()
    if grant.role == Role.ADMINISTRATOR and not _administrators().exclude(pk=grant.pk).exists():
        raise LastAdministrator(name=grant.employee.name)
    last_day = organisation_day() - timedelta(days=1)
    facts = _facts(grant)
    if grant.valid_from > last_day:
        grant.delete()
    elif grant.valid_to is None or grant.valid_to > last_day:
        grant.valid_to = last_day
        grant.save(update_fields=["valid_to"])
    else:
        return
    del facts["valid_from"]
    record("role.revoked", subject=f"employees:{grant.employee_id}", actor=actor, **facts, last_day=_iso(last_day))


def _check(employee: Employee, role: RoleGrant.Role, org_unit: OrgUnit | None, first: date, last: date | None) -> None:
    if employee.status == Employee.Status.LEFT:
        raise NotWorkingHere(name=employee.name)
    if role in UNIT_ROLES and org_unit is None:
        raise RoleNeedsUnit(role=role.label)
    if role not in UNIT_ROLES and org_unit is not None:
        raise RoleWithoutUnit(role=role.label)
    if last and last < first:
        raise GrantNotPossible(first=first, last=last)
    same = RoleGrant.objects.filter(employee=employee, role=role, org_unit=org_unit)
    overlapping = same.filter(Q(valid_to=None) | Q(valid_to__gte=first))
    if last:
        overlapping = overlapping.filter(valid_from__lte=last)
    if overlapping.exists():
        raise AlreadyGranted(name=employee.name, role=role.label)


def _administrators() -> QuerySet[RoleGrant]:
    """The grants that let somebody who can sign in grant roles today, for good."""
    return RoleGrant.objects.filter(
        role=Role.ADMINISTRATOR,
        valid_from__lte=organisation_day(),
        valid_to=None,
        employee__user__is_active=True,
    ).exclude(employee__status=Employee.Status.LEFT)


def _facts(grant: RoleGrant) -> dict[str, object]:
    return {
        "grant_id": grant.pk,
        "employee_id": grant.employee_id,
        "role": grant.role,
        "org_unit_id": grant.org_unit_id,
        "valid_from": _iso(grant.valid_from),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
