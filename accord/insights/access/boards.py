"""Whose board somebody may open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.insights.queries.boards.scope import Scope
from accord.metrics.access.driver_trees import visible_trees
from accord.metrics.models import DriverTree
from accord.people.access import (
    Actor,
    Role,
    employee_for,
    is_executive,
    is_manager,
    own_employee,
    own_employee_id,
    units_with_role,
    visible_employees,
)
from accord.people.models import Employee, OrgClosure, OrgUnit, OrgUnitClosure, Position
from accord.people.queries.directory import WORKING
from accord.people.queries.lines import below, line_on


def board_owner_for(actor: Actor, pk: int | None) -> Employee | None:
    """The manager `pk` if `actor` may see them; without `pk` the board `actor` starts from, None if there is none.

    A manager starts from their own team, an executive from the top of the company, an HRBP from the head of their unit.
    """
    if pk is not None:
        return employee_for(actor, pk)
    if is_manager(actor):
        return own_employee(actor)
    if is_executive(actor):
        return Employee.objects.filter(manager=None).exclude(status=Employee.Status.LEFT).order_by("id").first()
    heads = units_with_role(actor, Role.HRBP).filter(head__isnull=False).order_by("path")
    unit = heads.select_related("head").first()
    return unit.head if unit and unit.head_id in visible_employees(actor).values_list("pk", flat=True) else None


def boards_above(actor: Actor, owner: Employee) -> list[Employee]:
    """The managers above `owner` whose boards `actor` may open, from the top down: the way up again."""
    above = OrgClosure.objects.filter(
        line_on(None), descendant=owner, depth__gt=0, ancestor__in=visible_employees(actor)
    )
    return [row.ancestor for row in above.select_related("ancestor").order_by("-depth")]


def reports_on_board(actor: Actor, owner: Employee) -> QuerySet[Employee]:
    """The people who report to `owner` and whom `actor` may see."""
    return visible_employees(actor).filter(manager=owner).exclude(status=Employee.Status.LEFT)


def company_for(actor: Actor) -> Scope:
    """The whole organisation, for an executive. Raises Http404 otherwise."""
    if not is_executive(actor):
        raise Http404
    roots = list(_active().filter(parent=None).order_by("name"))
    return Scope(roots, _children(roots) if len(roots) == 1 else roots)


def unit_for(actor: Actor, pk: int) -> tuple[OrgUnit, Scope]:
    """The unit `pk` and what of it `actor` may see counted. Raises Http404 for whoever has no board of it.

    An executive and the unit's HR partner see everybody in it. Whoever is its head, or above its head in the line, sees
    people by the line: they get the counts as far as all who are counted stand in it. Other members of a unit see its
    numbers, but have no board.
    """
    unit = get_object_or_404(OrgUnit.objects.select_related("head", "parent"), pk=pk)
    if is_executive(actor) or units_with_role(actor, Role.HRBP).filter(pk=pk).exists():
        return unit, Scope([unit], _children([unit]))
    if headed_units(actor).filter(pk=pk).exists():
        return unit, Scope([unit], _headed_children(actor, [unit]), of_one_line=True)
    raise Http404


def position_for(actor: Actor, pk: int) -> tuple[Position, Scope]:
    """The position `pk`, if `actor` may see anybody who holds it, and the units over which it is counted for them."""
    position = get_object_or_404(Position, pk=pk)
    if not visible_employees(actor).filter(WORKING, position=position).exists():
        raise Http404
    return position, _widest(actor)


def holders_on_board(actor: Actor, position: Position, units: Sequence[OrgUnit] = ()) -> QuerySet[Employee]:
    """The people who hold a position and whom `actor` may see."""
    people = visible_employees(actor).filter(WORKING, position=position)
    return people.filter(org_unit__in=units) if units else people


def members_on_board(actor: Actor, unit: OrgUnit) -> QuerySet[Employee]:
    """The people placed in `unit` itself whom `actor` may see."""
    return visible_employees(actor).filter(WORKING, org_unit=unit)


def trees_on_board(actor: Actor, units: Sequence[OrgUnit]) -> QuerySet[DriverTree]:
    """The driver trees of some units that `actor` may see."""
    return visible_trees(actor).filter(org_unit__in=units)


def headed_units(actor: Actor) -> QuerySet[OrgUnit]:
    """The units whose head is `actor` or somebody below them in the line."""
    mine = own_employee_id(actor)
    return _active().filter(head__in=below(mine).values("descendant_id")) if mine else OrgUnit.objects.none()


def ways_up(actor: Actor, unit: OrgUnit) -> list[OrgUnit]:
    """The units above `unit` whose boards `actor` may open, from the top down."""
    above = OrgUnit.objects.filter(below__descendant=unit, below__depth__gt=0)
    if not is_executive(actor):
        open_ones = Q(pk__in=units_with_role(actor, Role.HRBP).values("pk")) | Q(
            pk__in=headed_units(actor).values("pk")
        )
        above = above.filter(open_ones)
    return list(above.order_by("-below__depth"))


@dataclass(frozen=True)
class OpenBoards:
    """What somebody may open: the company, their topmost units with those in them, a team, their own page."""

    company: bool
    scope: Scope
    team: Employee | None
    me: Employee | None


def boards_of(actor: Actor) -> OpenBoards:
    """Where `actor` may begin to look."""
    return OpenBoards(is_executive(actor), _widest(actor), board_owner_for(actor, None), own_employee(actor))


def counted_in_full(actor: Actor, managers: Collection[int], on: date) -> set[int]:
    """Those of some managers below whom, on a day, stood nobody whom `actor` may not see.

    What a roll-up counts over the others would tell an HR partner how people of other units stand.
    """
    if is_executive(actor):
        return set(managers)
    in_line = set(below(own_employee_id(actor)).filter(descendant__in=managers).values_list("descendant_id", flat=True))
    rest = [pk for pk in managers if pk not in in_line]
    if not rest:
        return in_line
    hidden = OrgClosure.objects.filter(line_on(on), ancestor=OuterRef("pk"), depth__gt=0).exclude(
        descendant__in=visible_employees(actor, on).values("pk")
    )
    whole = Employee.objects.filter(pk__in=rest).exclude(Exists(hidden))
    return in_line | set(whole.values_list("pk", flat=True))


def _widest(actor: Actor) -> Scope:
    """The topmost units that `actor` sees, counted together."""
    if is_executive(actor):
        return company_for(actor)
    partnered = units_with_role(actor, Role.HRBP)
    of_one_line = not partnered.exists()
    mine = headed_units(actor) if of_one_line else partnered.filter(is_active=True)
    higher = OrgUnitClosure.objects.filter(descendant=OuterRef("pk"), depth__gt=0, ancestor__in=mine.values("pk"))
    tops = list(mine.exclude(Exists(higher)).select_related("head").order_by("path"))
    if len(tops) != 1:
        return Scope(tops, tops, of_one_line)
    return Scope(tops, _headed_children(actor, tops) if of_one_line else _children(tops), of_one_line)


def _active() -> QuerySet[OrgUnit]:
    return OrgUnit.objects.filter(is_active=True).select_related("head")


def _headed_children(actor: Actor, units: Sequence[OrgUnit]) -> list[OrgUnit]:
    """Those whose head stands in the line of `actor` too: another's line is none of theirs, wherever its unit hangs."""
    return list(headed_units(actor).filter(parent__in=units).order_by("name"))


def _children(units: Sequence[OrgUnit]) -> list[OrgUnit]:
    return list(_active().filter(parent__in=units).order_by("name"))
