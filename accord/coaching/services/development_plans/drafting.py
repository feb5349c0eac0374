"""Beginning a plan: one click from feedback (or from nothing) to a draft, and sharing it with the other side."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.coaching.errors import development_plans as errors
from accord.coaching.models import DevelopmentPlan, FocusArea
from accord.coaching.notices.development_plans import PLAN_SHARED
from accord.coaching.queries.development_plans import plans_in_full, running_plan_of
from accord.coaching.queries.plan_learning import proposal_for
from accord.coaching.services.development_plans.seeds import Seed, seed_from
from accord.coaching.services.development_plans.sides import other_side, side_of
from accord.coaching.services.development_plans.telling import note_fact, tell
from accord.coaching.services.development_plans.wording import claim, next_order
from accord.domain.development import MOST_FOCUS_AREAS
from accord.foundation.clock import organisation_day
from accord.people.models import Employee

USUAL_TIME = timedelta(days=90)
State = DevelopmentPlan.State


@transaction.atomic
def draft_from(source: str, employee: Employee, by: Employee) -> DevelopmentPlan:
    """Draft a focus area from `source` (`feedback:7`; empty to begin with nothing) and return the plan it stands in.

    It joins the plan that runs, or the draft `by` has begun; else it begins a draft, which `by` alone sees. Asked twice
    about one source, the second time changes nothing.

    Raises PlanNotYours, PlanNeedsManager, PlanNeedsEmployee, PlanSourceUnreadable, PlanFull or PlanEditedMeanwhile.
    """
    manager = _checked_manager(employee, by)
    seed = seed_from(source, employee, by)
    plan = _open_plan(employee, manager, by)
    standing = plan.focus_areas.filter(removed_at=None)
    if source and standing.filter(source=source).exists():
        return plan
    if not source and standing.exists():
        return plan
    if standing.count() >= MOST_FOCUS_AREAS:
        raise errors.PlanFull(most=MOST_FOCUS_AREAS)
    try:
        claim(plan, by, plan.edition)
    except errors.PlanEditedMeanwhile:
        if standing.filter(source=source).exists():
            return plan
        raise
    focus = FocusArea.objects.create(
        plan=plan, source=source, **_first_words(plan, seed), **_first_choice(seed, source, employee, by)
    )
    if plan.state == State.RUNNING:
        note_fact("changed", plan, by.user, focus_id=focus.pk, changed=["added"])
    return plans_in_full().get(pk=plan.pk)


@transaction.atomic
def share(plan: DevelopmentPlan, by: Employee, shown: int | None = None) -> None:
    """Put a draft before the other side; twice is once. `shown` is the line manager who was named as its reader.

    Raises PlanNotYours, PlanRuns where another plan runs, or PlanManagerChanged where somebody else would read it.
    """
    _only_maker(plan, by)
    running = DevelopmentPlan.objects.filter(employee=plan.employee_id, state=State.RUNNING)
    if running.filter(pk=plan.pk).exists():
        return
    if running.exists():
        raise errors.PlanRuns(employee=plan.employee.name)
    manager = plan.employee.manager
    if manager is None:
        raise errors.PlanNeedsManager(employee=plan.employee.name)
    if shown not in (None, manager.pk):
        raise errors.PlanManagerChanged(employee=plan.employee.name)
    draft = DevelopmentPlan.objects.filter(pk=plan.pk, state=State.DRAFT)
    try:
        with transaction.atomic():
            shared = draft.update(state=State.RUNNING, manager=manager, shared_at=timezone.now())
    except IntegrityError as error:
        raise errors.PlanRuns(employee=plan.employee.name) from error
    if not shared:
        if running.filter(pk=plan.pk).exists():
            return
        raise errors.PlanNotOpen
    plan = plans_in_full().get(pk=plan.pk)
    note_fact("shared", plan, by.user)
    tell(other_side(plan, by), PLAN_SHARED, plan, "shared", name=by.name)


@transaction.atomic
def discard(plan: DevelopmentPlan, by: Employee) -> None:
    """Throw one's own draft away; nobody else has seen it. Twice is once.

    Raises PlanNotYours, or PlanNotOpen once it is shared.
    """
    _only_maker(plan, by)
    mine = DevelopmentPlan.objects.filter(pk=plan.pk, made_by=by)
    # Held by the write, so that nobody shares it while it goes.
    if mine.filter(state=State.DRAFT).update(state=State.DRAFT):
        mine.delete()
    elif mine.exists():
        raise errors.PlanNotOpen


def _checked_manager(employee: Employee, by: Employee) -> Employee:
    if by.pk not in (employee.pk, employee.manager_id):
        raise errors.PlanNotYours(employee=employee.name)
    if employee.status == Employee.Status.LEFT:
        raise errors.PlanNeedsEmployee(employee=employee.name)
    if employee.manager is None:
        raise errors.PlanNeedsManager(employee=employee.name)
    return employee.manager


def _open_plan(employee: Employee, manager: Employee, by: Employee) -> DevelopmentPlan:
    """The plan that runs where `by` is a side of it, or the draft of `by`, which is made where there is none."""
    running = running_plan_of(employee)
    if running is not None and side_of(running, by) is not None:
        return running
    plan, _ = DevelopmentPlan.objects.get_or_create(
        employee=employee, made_by=by, state=State.DRAFT, defaults={"manager": manager}
    )
    return plans_in_full().get(pk=plan.pk)


def _first_words(plan: DevelopmentPlan, seed: Seed) -> dict[str, object]:
    words = {"title": seed.title, "why": seed.why, "action": seed.action}
    return {**words, "order": next_order(plan), "due_on": organisation_day() + USUAL_TIME}


def _first_choice(seed: Seed, source: str, employee: Employee, by: Employee) -> dict[str, object]:
    """What the library proposes: nothing where the words bring their own, or must not be read by both."""
    if seed.resource or (source and not any(vars(seed).values())):
        return {"resource": seed.resource}
    found = proposal_for(employee, by, seed.title, seed.why, seed.action)
    return {"learning": found, "resource": found.title if found else ""}


def _only_maker(plan: DevelopmentPlan, by: Employee) -> None:
    if plan.made_by_id != by.pk or by.pk not in (plan.employee_id, plan.employee.manager_id):
        raise errors.PlanNotYours(employee=plan.employee.name)
