"""Who sees competencies: the framework is everybody's; where somebody stands is for them and their line."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.handovers import former_manager_told
from accord.coaching.errors.competencies import PersonHasLeft
from accord.coaching.models import Competency
from accord.people.access import Actor, employee_for, own_employee, own_employee_id
from accord.people.models import Employee
from accord.workflow.access.design import can_design


@dataclass(frozen=True)
class SeenPerson:
    """A person whose competencies may be seen, and what the reader is to them."""

    person: Employee
    is_me: bool
    is_mine: bool
    """Whether the reader is their line manager today."""


def person_for(actor: Actor, pk: int) -> SeenPerson:
    """The person `pk` for themselves, everybody above them in the line, their HR partner and executives.

    Raises Http404 for all others: colleagues and administrators too.
    """
    person, me = employee_for(actor, pk), own_employee_id(actor)
    return SeenPerson(person, is_me=person.pk == me, is_mine=person.manager_id is not None and person.manager_id == me)


def assessor_of(actor: Actor, pk: int) -> tuple[SeenPerson, Employee]:
    """The person to assess and who does: themselves or their line manager of today.

    Raises Http404 for strangers, PermissionDenied for those who only look, NoLongerManager, PersonHasLeft.
    """
    with former_manager_told(actor, Employee.objects.filter(pk=pk), "pk"):
        seen, me = person_for(actor, pk), own_employee(actor)
        if me is None or not (seen.is_me or seen.is_mine):
            raise PermissionDenied
    if seen.person.status == Employee.Status.LEFT:
        raise PersonHasLeft(name=seen.person.name)
    return seen, me


def competency_for(actor: Actor, pk: int) -> Competency:
    """The competency `pk` for everybody who works here. Raises Http404."""
    if own_employee_id(actor) is None:
        raise Http404
    return get_object_or_404(Competency, pk=pk)


def may_keep(actor: Actor) -> bool:
    """Whether `actor` keeps the framework and the library: HR partners and administrators."""
    return can_design(actor) and own_employee_id(actor) is not None


def ensure_may_keep(actor: Actor) -> None:
    """Raises PermissionDenied for others: that there is a framework, they know."""
    if not may_keep(actor):
        raise PermissionDenied


def competency_to_change(actor: Actor, pk: int) -> Competency:
    """The competency `pk`, to change. Raises Http404 or PermissionDenied."""
    competency = competency_for(actor, pk)
    ensure_may_keep(actor)
    return competency
