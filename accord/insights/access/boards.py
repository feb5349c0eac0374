"""Whose board somebody may open."""

from django.db.models import QuerySet

from accord.people.access import (
    Actor,
    Role,
    employee_for,
    is_executive,
    is_manager,
    own_employee,
    units_with_role,
    visible_employees,
)
from accord.people.models import Employee, OrgClosure
from accord.people.queries.lines import line_on


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
