"""Who may see and change objectives.

Everybody who works here sees all of them: that is what alignment is for. A person's objective is changed by them and
their line manager; a unit's by its owner, its head and the unit's HR business partners; the company's, those of the
root unit, by executives and the HR business partners of the whole. A key result is also reported on by its owner.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import Cycle, KeyResult, Objective
from accord.goals.queries.objectives import in_full
from accord.people.access import Actor, Role, own_employee, own_employee_id, roles_of, units_with_role
from accord.people.models import Employee, OrgUnit


@dataclass(frozen=True)
class Rights:
    """What somebody may do with objectives that are at hand, without a question for each."""

    me: int
    is_executive: bool
    partnered: frozenset[int]

    def may_change(self, objective: Objective) -> bool:
        """Whether they may change the objective itself, its key results and its place, and close it."""
        if employee := objective.employee:
            return self.me in (employee.pk, employee.manager_id)
        return objective.org_unit is not None and self._may_speak_for(objective.org_unit, objective.owner_id)

    def may_report(self, result: KeyResult) -> bool:
        """Whether they may check in on a key result."""
        objective = result.objective
        return self.me in (result.owner_id, objective.owner_id) or self.may_change(objective)

    def _may_speak_for(self, unit: OrgUnit, owner: int | None) -> bool:
        if unit.pk in self.partnered:
            return True
        return self.is_executive if unit.parent_id is None else self.me in (owner, unit.head_id)


def rights_of(actor: Actor) -> Rights:
    """What `actor` may do. Raises Http404 for an account without employment here."""
    me = own_employee_id(actor)
    if me is None:
        raise Http404
    roles = roles_of(actor)
    units = units_with_role(actor, Role.HRBP).values_list("pk", flat=True) if Role.HRBP in roles else ()
    return Rights(me, Role.EXECUTIVE in roles, frozenset(units))


def objectives_seen_by(actor: Actor) -> QuerySet[Objective]:
    """All objectives for whoever works here, none for others."""
    return Objective.objects.all() if own_employee_id(actor) else Objective.objects.none()


def objective_for(actor: Actor, pk: int) -> Objective:
    """The objective `pk` with its key results. Raises Http404 for an account without employment here."""
    return get_object_or_404(in_full(objectives_seen_by(actor)), pk=pk)


def objective_to_change(actor: Actor, pk: int) -> tuple[Objective, Employee]:
    """The objective `pk` and who changes it. Raises PermissionDenied for those who only look."""
    objective, me = objective_for(actor, pk), own_employee(actor)
    if me is None or not rights_of(actor).may_change(objective):
        raise PermissionDenied
    return objective, me


def key_result_to_report(actor: Actor, pk: int) -> tuple[KeyResult, Employee]:
    """The key result `pk` and who checks in on it. Raises PermissionDenied for those who only look."""
    results = KeyResult.objects.filter(objective__in=objectives_seen_by(actor)).select_related(
        "objective__employee", "objective__org_unit", "objective__cycle", "metric", "owner"
    )
    result, me = get_object_or_404(results, pk=pk), own_employee(actor)
    if me is None or not rights_of(actor).may_report(result):
        raise PermissionDenied
    return result, me


def key_result_to_change(actor: Actor, pk: int) -> tuple[KeyResult, Employee]:
    """The key result `pk` for somebody who may change its objective. Raises PermissionDenied for others."""
    results = KeyResult.objects.filter(objective__in=objectives_seen_by(actor)).select_related("objective")
    result = get_object_or_404(results, pk=pk)
    result.objective, me = objective_to_change(actor, result.objective_id)
    return result, me


def subjects_to_make_for(actor: Actor) -> list[Employee | OrgUnit]:
    """Whom `actor` may give an objective: themselves, who reports to them, and the units they speak for."""
    rights = rights_of(actor)
    people = Employee.objects.filter(Q(pk=rights.me) | Q(manager=rights.me)).exclude(status=Employee.Status.LEFT)
    wanted = Q(pk__in=rights.partnered) | Q(head=rights.me, parent__isnull=False)
    if rights.is_executive:
        wanted |= Q(parent=None)
    units = OrgUnit.objects.filter(wanted, is_active=True).order_by("path")
    return [*sorted(people, key=lambda each: (each.pk != rights.me, each.name, each.pk)), *units]


def require_share_setter(actor: Actor) -> Employee:
    """Who may say how much objectives count in a cycle: executives and the HR business partners of the whole company.

    Raises Http404 for strangers, PermissionDenied for others.
    """
    rights, me = rights_of(actor), own_employee(actor)
    if me is None or not may_set_share(rights):
        raise PermissionDenied
    return me


def may_set_share(rights: Rights) -> bool:
    """Whether somebody speaks for the whole company."""
    return rights.is_executive or OrgUnit.objects.filter(parent=None, pk__in=rights.partnered).exists()


def cycle_for_share(actor: Actor, pk: int) -> tuple[Cycle, Employee]:
    """The cycle `pk` for somebody who may say how much objectives count in it."""
    me = require_share_setter(actor)
    return get_object_or_404(Cycle, pk=pk), me
