"""The map is open to everybody who works here; HR business partners and administrators change it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accord.goals.models import PositionMapVersion
from accord.people.access import Actor, own_employee
from accord.people.models import Employee, Position
from accord.workflow.access.design import can_design


def position_for(pk: int) -> Position:
    """The position `pk`. Raises Http404."""
    return get_object_or_404(Position.objects.select_related("family"), pk=pk)


def map_version_for(pk: int, number: int) -> PositionMapVersion:
    """Version `number` of the map of the position `pk`. Raises Http404."""
    versions = PositionMapVersion.objects.select_related("position__family", "made_by")
    return get_object_or_404(versions, position=pk, number=number)


def may_edit_map(actor: Actor) -> bool:
    """Whether `actor` may change maps."""
    return can_design(actor)


def editor_of_map(actor: Actor) -> Employee:
    """Who changes the map. Raises PermissionDenied for others: that the position exists, they may know."""
    me = own_employee(actor)
    if me is None or not can_design(actor):
        raise PermissionDenied
    return me
