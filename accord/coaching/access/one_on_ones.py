"""Who may see and do what with a one-on-one: the two who talk, and nobody else.

Agenda and shared notes are for the two; a private note is for the one who wrote it. Their manager, HR partners,
executives, administrators and colleagues have no way in, not even to whether a talk was held. What both agreed goes
into the minutes, which have rules of their own. A former pair keeps what it wrote together; the next manager may read
the confirmed minutes of the one before where both who wrote them have allowed it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.handovers import former_manager_told
from accord.coaching.models import AgendaPoint, CalendarFeed, OneOnOne, Pairing
from accord.coaching.queries.one_on_ones import talks_of
from accord.people.access import Actor, direct_reports, own_employee, own_employee_id
from accord.people.models import Employee


@dataclass(frozen=True)
class SeenTalk:
    """A talk as one of the two sees it."""

    talk: OneOnOne
    me: Employee

    @property
    def pairing(self) -> Pairing:
        return self.talk.pairing

    @property
    def leads(self) -> bool:
        """Whether the reader is the manager of the two."""
        return self.me == self.pairing.manager

    @property
    def other(self) -> Employee:
        return self.pairing.other(self.me)


def myself(actor: Actor) -> Employee:
    """The employee who `actor` is. Raises Http404 for an account without employment."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    return me


def visible_pairings(actor: Actor) -> QuerySet[Pairing]:
    """The pairs that `actor` is or was one of."""
    me = own_employee_id(actor)
    mine = Q(manager=me) | Q(employee=me)
    pairings = Pairing.objects.select_related("manager__user", "employee__user")
    return pairings.filter(mine) if me else pairings.none()


def visible_talks(actor: Actor) -> QuerySet[OneOnOne]:
    """The talks of those pairs."""
    talks = OneOnOne.objects.select_related("pairing__manager__user", "pairing__employee__user", "skipped_by")
    me = own_employee_id(actor)
    return talks.filter(talks_of(me)) if me else talks.none()


def talk_for(actor: Actor, pk: int) -> SeenTalk:
    """The talk `pk` as one of the two sees it. Raises Http404 for everybody else."""
    return SeenTalk(get_object_or_404(visible_talks(actor), pk=pk), myself(actor))


def pairing_for(actor: Actor, pk: int) -> tuple[Pairing, Employee]:
    """The pair `pk` and which of the two `actor` is. Raises Http404 for everybody else."""
    return get_object_or_404(visible_pairings(actor), pk=pk), myself(actor)


def point_for(actor: Actor, pk: int) -> tuple[AgendaPoint, SeenTalk]:
    """The agenda point `pk` and its talk. Raises Http404 for everybody but the two."""
    point = get_object_or_404(AgendaPoint.objects.filter(one_on_one__in=visible_talks(actor)), pk=pk)
    return point, talk_for(actor, point.one_on_one_id)


def pair_to_arrange(actor: Actor, employee_pk: int) -> tuple[Employee, Employee, Employee]:
    """Manager, employee and which of the two `actor` is, for a rhythm to begin between a person and their manager.

    Either of the two may begin it. Raises Http404 for everybody else, PermissionDenied for somebody without a manager,
    NoLongerManager.
    """
    me = myself(actor)
    if employee_pk == me.pk:
        if me.manager is None or me.manager.status == Employee.Status.LEFT:
            raise PermissionDenied
        return me.manager, me, me
    with former_manager_told(actor, Employee.objects.filter(pk=employee_pk), "pk"):
        return me, get_object_or_404(direct_reports(actor), pk=employee_pk), me


def feed_of(me: Employee) -> CalendarFeed | None:
    """The calendar address of somebody, for themselves."""
    return CalendarFeed.objects.filter(employee=me).first()
