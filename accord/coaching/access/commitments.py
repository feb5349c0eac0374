"""Who may see and do what with a commitment: its two sides, nobody else.

The one who promised says that it is done or put off; either side may say that it is no longer needed, and open it
again. A commitment is recorded where it was made: `GROUNDS` says, table by table, who the two sides are there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.coaching.access.coaching_tasks import task_for
from accord.coaching.access.development_plans import plans_opened_to_sides, readable_plans
from accord.coaching.access.handovers import former_manager_told
from accord.coaching.errors.development_plans import FocusGone, PlanNotOpen
from accord.coaching.models import CoachingStep, CoachingTask, Commitment, DevelopmentPlan, FocusArea
from accord.coaching.queries.commitments import commitments_in_full
from accord.coaching.services.development_plans.sides import other_side, side_of
from accord.people.access import Actor, own_employee, own_employee_id
from accord.people.models import Employee


@dataclass(frozen=True)
class SeenCommitment:
    """A commitment as one of its sides sees it."""

    commitment: Commitment
    me: Employee
    is_mine: bool


@dataclass(frozen=True)
class Ground:
    """Where a commitment may be recorded: by whom, with whom, and the words that stand there."""

    me: Employee
    other: Employee
    source: str
    sentence: str = ""


def visible_commitments(actor: Actor) -> QuerySet[Commitment]:
    """The commitments that `actor` is a side of."""
    me = own_employee_id(actor)
    return commitments_in_full().filter(Q(owner=me) | Q(partner=me)) if me else commitments_in_full().none()


def commitment_for(actor: Actor, pk: int) -> SeenCommitment:
    """The commitment `pk` as `actor` sees it. Raises Http404 for whoever is none of the two."""
    commitment = get_object_or_404(visible_commitments(actor), pk=pk)
    is_mine = commitment.owner_id == own_employee_id(actor)
    return SeenCommitment(commitment, commitment.owner if is_mine else commitment.partner, is_mine)


def commitment_to_work_on(actor: Actor, pk: int) -> SeenCommitment:
    """The same for whoever promised it. Raises PermissionDenied for the other side."""
    seen = commitment_for(actor, pk)
    if not seen.is_mine:
        raise PermissionDenied
    return seen


def ground_for(actor: Actor, table: str, pk: int) -> Ground:
    """Where `actor` may record a commitment. Raises Http404, PermissionDenied for those who only look, NoLongerManager.

    PlanNotOpen or FocusGone where a side of a plan opened it before that was over.
    """
    me = own_employee(actor)
    if table not in GROUNDS or me is None:
        raise Http404
    return GROUNDS[table](actor, me, pk)


def _of_task(actor: Actor, me: Employee, pk: int) -> Ground:
    """What the owner of a coaching task and the person it is about agreed."""
    with former_manager_told(actor, CoachingTask.objects.filter(pk=pk), "employee", since="opened_at"):
        seen = task_for(actor, pk)
        task = seen.task
        if not (seen.is_about_me or task.owner_id == me.pk):
            raise PermissionDenied
    action = task.steps.filter(kind=CoachingStep.Kind.ACTION).first()
    other = task.owner if seen.is_about_me else task.employee
    return Ground(me, other, f"coaching_tasks:{pk}", action.note if action else "")


def _of_focus_area(actor: Actor, me: Employee, pk: int) -> Ground:
    """What the two sides of a development plan do for one of its focus areas."""
    shared = plans_opened_to_sides(me.pk).filter(focus_areas__id=pk)
    with former_manager_told(actor, shared, "employee", since="shared_at"):
        plan = get_object_or_404(readable_plans(actor), focus_areas__id=pk)
        if side_of(plan, me) is None:
            raise PermissionDenied
    focus = FocusArea.objects.get(pk=pk)
    if focus.removed_at:
        raise FocusGone
    if plan.state != DevelopmentPlan.State.RUNNING:
        raise PlanNotOpen
    return Ground(me, other_side(plan, me), f"focus_areas:{pk}", focus.action)


GROUNDS: Mapping[str, Callable[[Actor, Employee, int], Ground]] = {
    "coaching_tasks": _of_task,
    "focus_areas": _of_focus_area,
}
