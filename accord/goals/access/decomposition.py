"""Who may decompose what: executives everything, HR partners their units, heads their own unit with all below it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.goals.models import Decomposition
from accord.people.access import Actor, is_executive, own_employee, own_employee_id, units_with_role
from accord.people.models import Employee, OrgUnit, OrgUnitClosure, RoleGrant


def roots_for(actor: Actor) -> QuerySet[OrgUnit]:
    """The units whose targets `actor` may split over the people below."""
    me = own_employee_id(actor)
    if me is None:
        return OrgUnit.objects.none()
    if is_executive(actor):
        return OrgUnit.objects.all()
    headed = OrgUnitClosure.objects.filter(ancestor__head=me).values("descendant_id")
    partnered = units_with_role(actor, RoleGrant.Role.HRBP).values("pk")
    return OrgUnit.objects.filter(pk__in=headed.union(partnered))


def may_decompose(actor: Actor) -> bool:
    """Whether there is any unit that `actor` may split a target of."""
    return roots_for(actor).exists()


def decomposer(actor: Actor) -> Employee:
    """The employee who `actor` is, as somebody who may decompose. PermissionDenied (403) for others: that there are
    decompositions is no secret, what stands in them is.
    """
    me = own_employee(actor)
    if me is None or not may_decompose(actor):
        raise PermissionDenied
    return me


def visible_decompositions(actor: Actor) -> QuerySet[Decomposition]:
    """The decompositions of the units that `actor` may decompose, the latest first."""
    found = Decomposition.objects.filter(root__in=roots_for(actor).values("pk"))
    return found.select_related("cycle", "metric", "root", "made_by").order_by("-id")


def decomposition_for(actor: Actor, pk: int) -> tuple[Decomposition, Employee]:
    """The decomposition `pk`, and who `actor` is, for whoever may see and change it. Raises Http404 for everybody else:
    it shows what each person below is to reach.
    """
    me = own_employee(actor)
    if me is None:
        raise Http404
    return get_object_or_404(visible_decompositions(actor), pk=pk), me
