"""Who may see and do what with a development plan.

A draft is its maker's alone. A plan that runs or is closed belongs to the person and to the line manager it is with,
while they lead the person: these two read every word and change it. Others who may see the person (the line above, HR
business partners, executives) read what was agreed, so that whoever gives time and money knows for what: not why, not
the notes, not what is still being agreed. Nobody else: no colleague, no administrator, no former manager.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.handovers import former_manager_told
from accord.coaching.models import DevelopmentPlan, PlanNote, PlanVersion
from accord.coaching.queries.development_plans import plans_in_full
from accord.coaching.services.development_plans.sides import Side, side_of
from accord.foundation.shown import was_shown_to
from accord.people.access import Actor, own_employee, own_employee_id, visible_employees
from accord.people.models import Employee

State = DevelopmentPlan.State


@dataclass(frozen=True)
class SeenPlan:
    """A plan as one person sees it. `side` is None for those who read only what was agreed; `me` is who looks."""

    plan: DevelopmentPlan
    side: Side | None
    me: Employee

    @property
    def is_draft(self) -> bool:
        """Whether only the reader sees it so far."""
        return self.plan.state == State.DRAFT

    @property
    def can_change(self) -> bool:
        """Whether the reader may change the words now."""
        return self.side is not None and self.plan.state != State.CLOSED

    @property
    def manager(self) -> Employee:
        """The line manager it is with; of a draft the one of today, who would read it."""
        return (self.plan.employee.manager if self.is_draft else None) or self.plan.manager

    @property
    def other(self) -> Employee:
        """The one with whom the reader agrees."""
        return self.manager if self.side == "employee" else self.plan.employee


def own_side(me: int | None) -> Q:
    """The plans of which somebody is a side, or the draft's maker."""
    both = Q(employee=me) | (Q(manager=me) & Q(employee__manager=me))
    return Q(pk__isnull=me is None) & both & (~Q(state=State.DRAFT) | Q(made_by=me))


def readable_plans(actor: Actor) -> QuerySet[DevelopmentPlan]:
    """The plans `actor` may open, whole or as far as they were agreed."""
    agreed = Exists(PlanVersion.objects.filter(plan=OuterRef("pk")))
    seen = Q(agreed, employee__in=visible_employees(actor).values("pk")) & ~Q(state=State.DRAFT)
    return plans_in_full().filter(own_side(own_employee_id(actor)) | seen)


def plan_for(actor: Actor, pk: int) -> SeenPlan:
    """The plan `pk` as `actor` sees it. Raises Http404 for everybody it is not for."""
    me = own_employee(actor)
    if me is None:
        raise Http404
    plan = get_object_or_404(readable_plans(actor), pk=pk)
    return SeenPlan(plan, side_of(plan, me), me)


def plan_to_change(actor: Actor, pk: int) -> tuple[DevelopmentPlan, Employee]:
    """The plan `pk` and which of its sides acts. Http404 for strangers, PermissionDenied for those who only read.

    Whoever was its line manager until just now, and may have the page open, is told so: raises NoLongerManager.
    """
    shared = plans_opened_to_sides(own_employee_id(actor)).filter(pk=pk)
    with former_manager_told(actor, shared, "employee", since="shared_at"):
        seen = plan_for(actor, pk)
        if seen.side is None:
            raise PermissionDenied
    return seen.plan, seen.me


def draft_to_discard(actor: Actor, pk: int, mark: str) -> tuple[DevelopmentPlan, Employee] | None:
    """The same of a draft to throw away; None where it is gone already, as `mark` of its page says."""
    if was_shown_to(actor, DevelopmentPlan, pk, mark) and not DevelopmentPlan.objects.filter(pk=pk).exists():
        return None
    return plan_to_change(actor, pk)


def plans_opened_to_sides(me: int | None) -> QuerySet[DevelopmentPlan]:
    """The plans that their two sides can open: a draft its maker alone."""
    return DevelopmentPlan.objects.filter(~Q(state=State.DRAFT) | Q(made_by=me))


def readable_notes(seen: SeenPlan) -> QuerySet[PlanNote]:
    """The notes of a plan that the reader may see: a manager those of their own time, others none."""
    notes = PlanNote.objects.filter(plan=seen.plan).select_related("author", "focus").order_by("-id")
    if seen.side is None:
        return notes.none()
    return notes if seen.side == "employee" else notes.filter(manager=F("plan__manager"))


def person_to_plan_for(actor: Actor, pk: int) -> tuple[Employee, Employee]:
    """Whom a plan is to be drafted for, and who drafts it: oneself, or somebody who reports to one.

    Raises Http404, NoLongerManager.
    """
    me = own_employee(actor)
    if me is None:
        raise Http404
    people = Employee.objects.select_related("manager").filter(Q(pk=me.pk) | Q(manager=me))
    with former_manager_told(actor, Employee.objects.filter(pk=pk), "pk"):
        return get_object_or_404(people, pk=pk), me
