"""Who may see one person's performance, and why: the rules of `access`, asked from the other side."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accord.foundation.clock import organisation_day
from accord.foundation.errors import Text
from accord.people.models import Employee, OrgClosure, OrgUnit, OrgUnitClosure, RoleGrant
from accord.people.queries.standing import held_on


@dataclass(frozen=True)
class Reason:
    """Why somebody sees a person's numbers; `unit` is the path of the unit that they are HR partner of."""

    text: Text
    unit: str = ""


@dataclass(frozen=True)
class Sight:
    """Somebody who sees a person's numbers, with every reason they have."""

    who: Employee
    reasons: tuple[Reason, ...]


def seers_of(employee: Employee) -> list[Sight]:
    """Everybody but the person who may see their numbers today: the line, nearest first, then partners, executives."""
    reasons: dict[int, list[Reason]] = {}
    people: dict[int, Employee] = {}
    for who, reason in (*_line(employee), *_partners(employee), *_executives(employee)):
        people[who.pk] = who
        reasons.setdefault(who.pk, []).append(reason)
    return [Sight(who, tuple(reasons[pk])) for pk, who in people.items()]


def _line(employee: Employee) -> Iterator[tuple[Employee, Reason]]:
    rows = OrgClosure.objects.filter(descendant=employee, depth__gt=0, valid_to=None).filter(_can_sign_in("ancestor__"))
    for row in rows.select_related("ancestor__position", "ancestor__org_unit").order_by("depth"):
        yield row.ancestor, Reason(_("your line manager") if row.depth == 1 else _("above you in the line"))


def _partners(employee: Employee) -> Iterator[tuple[Employee, Reason]]:
    units = OrgUnitClosure.objects.filter(descendant=employee.org_unit_id).values("ancestor_id")
    for grant in _held(RoleGrant.Role.HRBP, employee).filter(org_unit__in=units).select_related("org_unit"):
        yield grant.employee, Reason(_("HR partner of your unit"), grant.org_unit.path if grant.org_unit else "")


def _executives(employee: Employee) -> Iterator[tuple[Employee, Reason]]:
    for grant in _held(RoleGrant.Role.EXECUTIVE, employee):
        yield grant.employee, Reason(_("sees the whole organisation"))


def _held(role: str, employee: Employee) -> QuerySet[RoleGrant]:
    """The grants of a role that hold today, of people who can sign in, but the person's own."""
    grants = RoleGrant.objects.filter(held_on(organisation_day()), _can_sign_in("employee__"), role=role)
    others = grants.exclude(employee=employee).select_related("employee__position", "employee__org_unit")
    return others.order_by("employee__employee_no", F("org_unit__path").asc(nulls_first=True))


def _can_sign_in(prefix: str) -> Q:
    left = Q(**{f"{prefix}status": Employee.Status.LEFT})
    return Q(**{f"{prefix}user__is_active": True}) & ~left


def unit_sight(people: Collection[int], units: Collection[int]) -> set[tuple[int, int]]:
    """(person, unit) for which a person may see the unit's own numbers, by the rules of `access`: five statements."""
    seen = set(Employee.objects.filter(pk__in=people, org_unit__in=units).values_list("pk", "org_unit"))
    heads = OrgUnit.objects.filter(pk__in=units, head__isnull=False)
    lines = OrgClosure.objects.filter(valid_to=None, ancestor__in=people, descendant__in=heads.values("head"))
    below = set(lines.values_list("ancestor", "descendant"))
    headed = list(heads.values_list("pk", "head"))
    seen |= {(person, unit) for unit, head in headed for person in people if (person, head) in below}
    held = RoleGrant.objects.filter(held_on(organisation_day()), employee__in=people)
    executives = held.filter(role=RoleGrant.Role.EXECUTIVE).values_list("employee", flat=True)
    seen |= {(person, unit) for person in executives for unit in units}
    partnered = held.filter(role=RoleGrant.Role.HRBP, org_unit__below__descendant__in=units)
    return seen | set(partnered.values_list("employee", "org_unit__below__descendant"))
