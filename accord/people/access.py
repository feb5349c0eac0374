"""Who may see whom and do what. The only way to get a person for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.foundation.models import User
from accord.people.models import Employee, OrgUnit, OrgUnitClosure, Placement, RoleGrant
from accord.people.queries.lines import below
from accord.people.queries.standing import Standing, held_on, standing_of

Role = RoleGrant.Role
Actor = User | AnonymousUser


def visible_employees(actor: Actor, on: date | None = None) -> QuerySet[Employee]:
    """The people whose performance `actor` may see on a day (today): themselves, everybody below them in the line,
    everybody in the units they are HRBP of, and all for an executive. Nobody else: not colleagues, not administrators.
    """
    standing = standing_of(actor, on)
    if standing.employee_id is None:
        return Employee.objects.none()
    if Role.EXECUTIVE in standing.roles:
        return Employee.objects.all()
    seen = below(standing.employee_id, on).values("descendant_id")
    if Role.HRBP not in standing.roles:
        return Employee.objects.filter(pk__in=seen)
    # A union and not an OR, so that either side drives the search by its own index.
    return Employee.objects.filter(pk__in=seen.union(_in_units(standing, on)))


def employee_for(actor: Actor, pk: int) -> Employee:
    """The employee `pk` if `actor` may see them. Raises Http404 otherwise, as if they did not exist."""
    standing = standing_of(actor)
    # A page about a person always says where they belong.
    employees = Employee.objects.select_related("org_unit", "position", "manager").filter(pk=pk)
    if standing.employee_id is None:
        raise Http404
    if Role.EXECUTIVE not in standing.roles:
        # The same rules as for the list, asked about one person: two look-ups by key, however many people one sees.
        line = Exists(below(standing.employee_id).filter(descendant=OuterRef("pk")))
        unit = Exists(_tree(standing, Role.HRBP).filter(descendant=OuterRef("org_unit")))
        employees = employees.filter(line | unit)
    return get_object_or_404(employees)


def managed_employees(actor: Actor) -> QuerySet[Employee]:
    """Everybody below `actor` in the line today who works here: their people at every depth, without themselves."""
    standing = standing_of(actor)
    people = below(standing.employee_id).filter(depth__gt=0).values("descendant_id")
    return Employee.objects.filter(pk__in=people).exclude(status=Employee.Status.LEFT)


def direct_reports(actor: Actor) -> QuerySet[Employee]:
    """The people who report to `actor` themselves today and work here."""
    standing = standing_of(actor)
    return Employee.objects.filter(manager_id=standing.employee_id, manager__isnull=False).exclude(
        status=Employee.Status.LEFT
    )


def visible_units(actor: Actor) -> QuerySet[OrgUnit]:
    """The units whose own numbers `actor` may see: their own, those headed by them or by somebody below them, those
    they are HRBP of with all units in them, and all for an executive.
    """
    standing = standing_of(actor)
    if standing.employee_id is None:
        return OrgUnit.objects.none()
    if Role.EXECUTIVE in standing.roles:
        return OrgUnit.objects.all()
    units = OrgUnit.objects.filter(Q(employees=standing.employee_id)).values("pk")
    headed = OrgUnit.objects.filter(head__in=below(standing.employee_id).values("descendant_id")).values("pk")
    partnered = _tree(standing, Role.HRBP).values("descendant_id")
    return OrgUnit.objects.filter(pk__in=units.union(headed, partnered))


def org_unit_for(actor: Actor, pk: int) -> OrgUnit:
    """The unit `pk` if `actor` may see its numbers. Raises Http404 otherwise."""
    return get_object_or_404(visible_units(actor), pk=pk)


def units_with_role(actor: Actor, role: str) -> QuerySet[OrgUnit]:
    """The units that `actor` holds the unit role `role` (HRBP, assistant) over, with all units in them."""
    return OrgUnit.objects.filter(pk__in=_tree(standing_of(actor), role).values("descendant_id"))


def own_employee(actor: Actor) -> Employee | None:
    """The employee who `actor` is; None for an account without employment here."""
    standing = standing_of(actor)
    return Employee.objects.filter(pk=standing.employee_id).first() if standing.employee_id else None


def own_employee_id(actor: Actor) -> int | None:
    """The key of the employee who `actor` is."""
    return standing_of(actor).employee_id


def roles_of(user: Actor) -> frozenset[str]:
    """The roles granted to `user` that hold today. Employee and line manager are not granted: see `is_manager`."""
    return standing_of(user).roles


def is_manager(user: Actor) -> bool:
    """Whether somebody reports to `user` today."""
    return standing_of(user).manages


def is_hrbp(user: Actor) -> bool:
    """Whether `user` is HRBP of some unit today."""
    return Role.HRBP in roles_of(user)


def is_executive(user: Actor) -> bool:
    """Whether `user` sees the whole organisation."""
    return Role.EXECUTIVE in roles_of(user)


def is_auditor(user: Actor) -> bool:
    """Whether `user` may read the trail of events."""
    return Role.AUDITOR in roles_of(user)


def can_manage_people(user: Actor) -> bool:
    """Whether `user` may change people, units and roles."""
    return Role.ADMINISTRATOR in roles_of(user)


def can_import(user: Actor) -> bool:
    """Whether `user` may bring files in."""
    return bool(roles_of(user) & {Role.ADMINISTRATOR, Role.HRBP})


@dataclass(frozen=True)
class ImportReach:
    """The keys of the people and units about whom somebody may bring in numbers."""

    employees: frozenset[int]
    units: frozenset[int]


def import_reach(actor: User | None) -> ImportReach | None:
    """About whom a file of KPIs or values of `actor` may speak: for an HR partner the people and units they partner.

    None is everybody: for an administrator and for the command line.
    """
    if actor is None or can_manage_people(actor):
        return None
    units = _tree(standing_of(actor), Role.HRBP).values("descendant_id")
    people = Employee.objects.filter(org_unit__in=units).values_list("pk", flat=True)
    return ImportReach(frozenset(people), frozenset(units.values_list("descendant_id", flat=True)))


def require_people_administrator(user: Actor) -> None:
    """Raise PermissionDenied (403) unless `user` may change people, units and roles."""
    if not can_manage_people(user):
        raise PermissionDenied


def employee_to_change(user: Actor, pk: int) -> Employee:
    """The employee `pk` for somebody who may change people. PermissionDenied (403) for others: the directory, which
    everybody may read, tells already that the person exists.
    """
    require_people_administrator(user)
    return get_object_or_404(Employee.objects.select_related("org_unit", "position", "manager"), pk=pk)


def grant_to_revoke(user: Actor, pk: int) -> RoleGrant:
    """The grant `pk` for somebody who may change roles. PermissionDenied (403) for others."""
    require_people_administrator(user)
    return get_object_or_404(RoleGrant.objects.select_related("employee", "org_unit"), pk=pk)


def _in_units(standing: Standing, on: date | None) -> QuerySet[Any, Any]:
    """The keys of the people in the units that one is HRBP of; on a past day, of those who were there then."""
    units = _tree(standing, Role.HRBP).values("descendant_id")
    if on is None:
        return Employee.objects.filter(org_unit__in=units).values("pk")
    return Placement.objects.filter(held_on(on), org_unit__in=units).values("employee_id")


def _tree(standing: Standing, role: str) -> QuerySet[OrgUnitClosure]:
    """The rows of the unit closure under the units that a unit role was granted for."""
    units = [unit for granted, unit in standing.grants if granted == role]
    return OrgUnitClosure.objects.filter(ancestor__in=units)
