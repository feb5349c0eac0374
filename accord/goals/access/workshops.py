"""Who may see, join and lead a workshop.

Its members propose, comment and vote. It is led by whoever opened it, the head of the unit it was opened for, and the
HR partners of that unit; they never vote, for the marks are the team's. The line above may read. For others it does not
exist. Nobody, whatever their rights, is given a mark of an open workshop beside their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.foundation.errors import Text
from accord.goals.models import Workshop, WorkshopCard
from accord.people.access import (
    Actor,
    direct_reports,
    is_manager,
    own_employee,
    roles_of,
    units_with_role,
    visible_employees,
)
from accord.people.models import Employee, OrgUnit, Position, RoleGrant

HRBP = RoleGrant.Role.HRBP


@dataclass(frozen=True)
class SeenWorkshop:
    """A workshop as one person meets it; `is_led` to those who move cards and close it."""

    workshop: Workshop
    me: Employee
    is_member: bool
    is_led: bool

    @property
    def voter(self) -> Employee | None:
        """The reader, if they vote here and the workshop is open."""
        return self.me if self.is_member and self.workshop.is_open else None


def visible_workshops(actor: Actor) -> QuerySet[Workshop]:
    """The workshops `actor` takes part in, those of teams below them, and those of units they are HR partner of."""
    me, seen = own_employee(actor), visible_employees(actor).values("pk")
    mine = Q(pk__in=Workshop.objects.filter(members__employee=me).values("pk")) if me else Q(pk__in=[])
    below = Q(facilitator__in=seen) | Q(org_unit__head__in=seen)
    return Workshop.objects.filter(mine | below | Q(org_unit__in=units_with_role(actor, HRBP)))


def workshop_for(actor: Actor, pk: int) -> SeenWorkshop:
    """The workshop `pk` as `actor` sees it. Raises Http404."""
    me = own_employee(actor)
    found = visible_workshops(actor).select_related("position", "org_unit", "facilitator")
    workshop = get_object_or_404(found, pk=pk)
    if me is None:
        raise Http404
    is_member = workshop.members.filter(employee=me).exists()
    return SeenWorkshop(workshop, me, is_member=is_member, is_led=not is_member and _leads(actor, me, workshop))


def workshop_to_join(actor: Actor, pk: int) -> SeenWorkshop:
    """The workshop, for those who may propose and comment. Raises Http404, PermissionDenied for mere readers."""
    seen = workshop_for(actor, pk)
    if not (seen.is_member or seen.is_led):
        raise PermissionDenied
    return seen


def workshop_to_vote(actor: Actor, pk: int) -> SeenWorkshop:
    """The workshop, for those who vote: its members. Raises Http404, PermissionDenied for everybody else."""
    seen = workshop_for(actor, pk)
    if not seen.is_member:
        raise PermissionDenied
    return seen


def workshop_to_lead(actor: Actor, pk: int) -> SeenWorkshop:
    """The workshop, for those who lead it. Raises Http404, PermissionDenied for everybody else."""
    seen = workshop_for(actor, pk)
    if not seen.is_led:
        raise PermissionDenied
    return seen


def card_for(actor: Actor, pk: int) -> tuple[SeenWorkshop, WorkshopCard]:
    """The card `pk` with its workshop; of a card that was merged, the one it went into. Raises Http404."""
    card = get_object_or_404(WorkshopCard.objects.select_related("author", "metric", "merged_into"), pk=pk)
    seen = workshop_for(actor, card.workshop_id)
    while card.merged_into is not None:
        card = card.merged_into
    return seen, card


def card_to_lead(actor: Actor, pk: int) -> tuple[SeenWorkshop, WorkshopCard]:
    """The card `pk` itself, for those who lead its workshop. Raises Http404, PermissionDenied for everybody else."""
    card = get_object_or_404(WorkshopCard, pk=pk)
    return workshop_to_lead(actor, card.workshop_id), card


def card_to_discuss(actor: Actor, pk: int) -> tuple[SeenWorkshop, WorkshopCard]:
    """The card `pk`, for those who may comment. Raises Http404, PermissionDenied for mere readers."""
    seen, card = card_for(actor, pk)
    return workshop_to_join(actor, seen.workshop.pk), card


@dataclass(frozen=True)
class Team:
    """People somebody may call together: their own reports, or a unit with all units in it."""

    key: str
    label: Text
    org_unit: OrgUnit
    people: QuerySet[Employee]

    def holding(self, position: Position, me: Employee) -> QuerySet[Employee]:
        """Those who hold `position` and would take part: without whoever leads."""
        leading = {me.pk, self.org_unit.head_id}
        return self.people.filter(position=position).exclude(pk__in=[key for key in leading if key])


def teams_of(actor: Actor, reports_label: Text) -> Sequence[Team]:
    """The teams `actor` may open a workshop for; none for whoever answers for nobody."""
    me = own_employee(actor)
    if me is None:
        return []
    teams = [Team("reports", reports_label, me.org_unit, direct_reports(actor))] if is_manager(actor) else []
    units = OrgUnit.objects.filter(Q(head=me) | Q(pk__in=units_with_role(actor, HRBP).values("pk")), is_active=True)
    return teams + [Team(f"unit-{unit.pk}", unit.path, unit, _people_in(unit)) for unit in units.order_by("path")]


def leader(actor: Actor) -> Employee:
    """Whoever opens a workshop. Raises PermissionDenied for those who answer for nobody."""
    me = own_employee(actor)
    if me is None or not may_open(actor):
        raise PermissionDenied
    return me


def may_open(actor: Actor) -> bool:
    """Whether `actor` may call a team together."""
    return is_manager(actor) or HRBP in roles_of(actor)


def _leads(actor: Actor, me: Employee, workshop: Workshop) -> bool:
    if me.pk in (workshop.facilitator_id, workshop.org_unit.head_id):
        return True
    return units_with_role(actor, HRBP).filter(pk=workshop.org_unit_id).exists()


def _people_in(unit: OrgUnit) -> QuerySet[Employee]:
    people = Employee.objects.filter(org_unit__above__ancestor=unit)
    return people.exclude(status=Employee.Status.LEFT)
