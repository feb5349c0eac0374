"""Who may begin, read and write a redesign: one who leads and one who holds the position, side by side.

Whoever may see the person may read along. Only the two write; only the one who leads publishes or sets it aside.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from accord.goals.models import PositionRedesign
from accord.goals.queries.redesigns import redesigns_in_full
from accord.people.access import Actor, own_employee, own_employee_id, visible_employees
from accord.people.models import Employee, Position
from accord.workflow.access.design import can_design


def possible_holders(actor: Actor, position: Position) -> QuerySet[Employee]:
    """The people with whom `actor` may redesign a position: those who hold it, and whom they answer for."""
    people = visible_employees(actor).filter(position=position).exclude(status=Employee.Status.LEFT)
    return people.exclude(pk=own_employee_id(actor) or 0).select_related("org_unit").order_by("name", "pk")


def visible_redesigns(actor: Actor) -> QuerySet[PositionRedesign]:
    """The redesigns with people whom `actor` may see, the newest first."""
    return redesigns_in_full().filter(holder__in=visible_employees(actor)).order_by("-started_at", "-id")


def redesign_for(actor: Actor, pk: int) -> PositionRedesign:
    """The redesign `pk` for whoever may see the person who takes part. Raises Http404."""
    return get_object_or_404(visible_redesigns(actor), pk=pk)


def may_write(actor: Actor, redesign: PositionRedesign) -> bool:
    """Whether `actor` is one of the two who write, and it is not over."""
    is_open = redesign.state == PositionRedesign.State.OPEN
    return is_open and own_employee_id(actor) in (redesign.holder_id, redesign.lead_id)


def redesign_to_write(actor: Actor, pk: int) -> tuple[PositionRedesign, Employee]:
    """The redesign `pk` and who writes. Raises Http404 for strangers, PermissionDenied for those who read along."""
    redesign, me = redesign_for(actor, pk), own_employee(actor)
    if me is None or me.pk not in (redesign.holder_id, redesign.lead_id):
        raise PermissionDenied
    return redesign, me


def redesign_to_end(actor: Actor, pk: int) -> tuple[PositionRedesign, Employee]:
    """The redesign `pk` for the one who leads it. Raises Http404, PermissionDenied."""
    redesign, me = redesign_to_write(actor, pk)
    if me.pk != redesign.lead_id:
        raise PermissionDenied
    return redesign, me


def redesign_for_model(actor: Actor, pk: int) -> tuple[PositionRedesign, Employee]:
    """The redesign `pk` for whoever designs assessment models. Raises Http404, PermissionDenied."""
    redesign, me = redesign_for(actor, pk), own_employee(actor)
    if me is None or not can_design(actor):
        raise PermissionDenied
    return redesign, me
