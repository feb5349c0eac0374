"""Who may see and change driver trees.

A tree is seen by whoever may see the numbers of its unit; every part of it belongs to that unit or one in it. It is
changed, with its targets, by its owner, the head of its unit and the unit's HR business partners; a tree of the whole
company, as an objective of it, by executives and the HR business partners of the whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.metrics.models import DriverTree
from accord.people.access import Actor, Role, own_employee, own_employee_id, roles_of, units_with_role, visible_units
from accord.people.models import Employee, OrgUnit


@dataclass(frozen=True)
class TreeRights:
    """What somebody may do with trees that are at hand, without a question for each."""

    me: int
    is_executive: bool
    partnered: frozenset[int]

    def may_change(self, tree: DriverTree) -> bool:
        """Whether they may change the tree, set its targets and put it out of use."""
        unit = tree.org_unit
        if unit.pk in self.partnered or self.me == tree.owner_id:
            return True
        return self.is_executive if unit.parent_id is None else self.me == unit.head_id


def tree_rights_of(actor: Actor) -> TreeRights:
    """What `actor` may do. Raises Http404 for an account without employment here."""
    me = own_employee_id(actor)
    if me is None:
        raise Http404
    roles = roles_of(actor)
    units = units_with_role(actor, Role.HRBP).values_list("pk", flat=True) if Role.HRBP in roles else ()
    return TreeRights(me, Role.EXECUTIVE in roles, frozenset(units))


def visible_trees(actor: Actor) -> QuerySet[DriverTree]:
    """The trees in use of the units whose numbers `actor` may see, with their unit and owner."""
    trees = DriverTree.objects.filter(org_unit__in=visible_units(actor).values("pk"), is_active=True)
    return trees.select_related("org_unit", "owner").order_by("org_unit__path", "name")


def tree_for(actor: Actor, pk: int) -> DriverTree:
    """The tree `pk`, in use or not, if `actor` may see the numbers of its unit. Raises Http404."""
    trees = DriverTree.objects.filter(org_unit__in=visible_units(actor).values("pk"))
    return get_object_or_404(trees.select_related("org_unit", "owner"), pk=pk)


def tree_to_change(actor: Actor, pk: int) -> tuple[DriverTree, Employee]:
    """The tree `pk` and who changes it. Raises Http404, or PermissionDenied for those who may only look."""
    tree, me = tree_for(actor, pk), own_employee(actor)
    if me is None or not tree_rights_of(actor).may_change(tree):
        raise PermissionDenied
    return tree, me


def units_to_make_trees_for(actor: Actor) -> QuerySet[OrgUnit]:
    """The units for which `actor` may make a tree: those they head or partner, the whole company for an executive."""
    rights = tree_rights_of(actor)
    wanted = Q(pk__in=rights.partnered) | Q(head=rights.me, parent__isnull=False)
    if rights.is_executive:
        wanted |= Q(parent=None)
    return OrgUnit.objects.filter(wanted, is_active=True).order_by("path")


def unit_to_make_tree_for(actor: Actor, pk: int) -> tuple[OrgUnit, Employee]:
    """The unit `pk` and who makes a tree for it. Raises Http404, or PermissionDenied for those who may only look."""
    unit, me = get_object_or_404(visible_units(actor), pk=pk), own_employee(actor)
    if me is None or not units_to_make_trees_for(actor).filter(pk=pk).exists():
        raise PermissionDenied
    return unit, me
