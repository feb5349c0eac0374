"""How a plan goes: words on it, focus areas that are reached or set aside, a change of manager, and its end."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.coaching.errors import development_plans as errors
from accord.coaching.models import DevelopmentPlan, FocusArea, PlanNote
from accord.coaching.notices.development_plans import PLAN_CLOSED, PLAN_HANDED_ON
from accord.coaching.queries.development_plans import plans_in_full
from accord.coaching.services.development_plans.sides import other_side, require_side
from accord.coaching.services.development_plans.telling import note_fact, tell, was_just
from accord.coaching.services.development_plans.wording import standing_focus
from accord.people.models import Employee

State = DevelopmentPlan.State


@transaction.atomic
def note_progress(plan: DevelopmentPlan, by: Employee, text: str, focus_id: int | None = None) -> PlanNote:
    """Say how it goes, about one focus area or the whole; a second click finds what the first one noted.

    Raises PlanNotYours, PlanNotOpen or FocusGone.
    """
    plan = _running(plan, by)
    # Whoever comes second waits here for the first.
    if not DevelopmentPlan.objects.filter(pk=plan.pk, state=State.RUNNING).update(state=State.RUNNING):
        raise errors.PlanNotOpen
    if not text.strip():
        raise ValueError("a note says something")
    focus = standing_focus(plan, focus_id) if focus_id is not None else None
    last = plan.notes.order_by("-id").first()
    if last and (last.author_id, last.focus_id, last.text) == (by.pk, focus_id, text.strip()):
        return last
    made = PlanNote.objects.create(plan=plan, focus=focus, author=by, manager=plan.manager, text=text.strip())
    note_fact("noted", plan, by.user, note_id=made.pk)
    return made


@transaction.atomic
def mark_focus(plan: DevelopmentPlan, by: Employee, focus_id: int, state: str) -> None:
    """Say that a focus area is reached, set aside or under way again; once is enough. Raises as `note_progress`."""
    plan = _running(plan, by)
    focus = standing_focus(plan, focus_id)
    if FocusArea.objects.filter(pk=focus.pk).exclude(state=state).update(state=FocusArea.State(state)):
        note_fact("focus_marked", plan, by.user, focus_id=focus.pk, state=state)


@transaction.atomic
def hand_on(plan: DevelopmentPlan, by: Employee) -> None:
    """Let the line manager of today take the former one's place; only the person decides that. No yes travels along.

    A second click finds it done.
    Raises PlanNotYours, PlanNotOpen, PlanNeedsManager or PlanWithManager.
    """
    now = plans_in_full().get(pk=plan.pk)
    if by.pk != now.employee_id:
        raise errors.PlanNotYours(employee=now.employee.name)
    manager = now.employee.manager
    if manager is None:
        raise errors.PlanNeedsManager(employee=now.employee.name)
    former = DevelopmentPlan.objects.filter(pk=now.pk, state=State.RUNNING, manager=now.manager_id)
    if manager.pk == now.manager_id or not former.update(
        manager=manager, manager_agreed_at=None, edition=now.edition + 1
    ):
        if was_just("handed_on", now, by, after=manager.pk):
            return
        raise errors.PlanWithManager if manager.pk == now.manager_id else errors.PlanNotOpen
    note_fact("handed_on", now, by.user, before=now.manager_id, after=manager.pk)
    tell(manager, PLAN_HANDED_ON, now, f"handed to {manager.pk} at {now.edition}")


@transaction.atomic
def close(plan: DevelopmentPlan, by: Employee, note: str) -> None:
    """End the plan with a word on what came of it; a second click finds it done. Raises PlanNotYours or PlanNotOpen."""
    plan = plans_in_full().get(pk=plan.pk)
    require_side(plan, by)
    if not note.strip():
        raise ValueError("a plan is closed with a word on what came of it")
    running = DevelopmentPlan.objects.filter(pk=plan.pk, state=State.RUNNING)
    if not running.update(state=State.CLOSED, closed_at=timezone.now(), closing_note=note.strip()):
        plan.refresh_from_db(fields=["closing_note"])
        if plan.closing_note == note.strip() and was_just("closed", plan, by):
            return
        raise errors.PlanNotOpen
    note_fact("closed", plan, by.user)
    tell(other_side(plan, by), PLAN_CLOSED, plan, "closed", name=by.name)


def _running(plan: DevelopmentPlan, by: Employee) -> DevelopmentPlan:
    """The plan as it stands now, for one of its sides, while it runs."""
    now = plans_in_full().get(pk=plan.pk)
    require_side(now, by)
    if now.state != State.RUNNING:
        raise errors.PlanNotOpen
    return now
