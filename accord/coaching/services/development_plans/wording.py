"""The words of a plan: changed by either side, by compare-and-set on the edition its author saw.

Every change takes back what either side had agreed to. What was agreed stays in force beside it until both agree anew.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accord.coaching.errors import development_plans as errors
from accord.coaching.models import DevelopmentPlan, FocusArea, LearningResource
from accord.coaching.notices.development_plans import PLAN_CHANGED
from accord.coaching.queries.development_plans import plans_in_full
from accord.coaching.services.development_plans.sides import other_side, require_side
from accord.coaching.services.development_plans.telling import note_fact, tell, was_just
from accord.domain.development import MOST_FOCUS_AREAS
from accord.foundation.clock import organisation_day
from accord.people.models import Employee

State = DevelopmentPlan.State


@dataclass(frozen=True)
class FocusWords:
    """What a focus area says; the fields mean what they mean in FocusArea. A choice of the library brings its title."""

    title: str
    why: str = ""
    kind: str = FocusArea.Kind.PRACTICE
    action: str = ""
    support: str = ""
    resource: str = ""
    learning_id: int | None = None
    measure: str = ""
    due_on: date | None = None


@transaction.atomic
def add_focus(plan: DevelopmentPlan, by: Employee, edition: int, words: FocusWords) -> FocusArea:
    """Add a focus area at the end; a second click finds the one that the first one made.

    Raises PlanFull, PlanEditedMeanwhile, PlanNotOpen or PlanNotYours.
    """
    plan, columns = _seen(plan, by), _columns(words)
    standing = plan.focus_areas.filter(removed_at=None)
    try:
        claim(plan, by, edition)
    except errors.PlanEditedMeanwhile:
        made = standing.filter(**columns).first()
        if made is None:
            raise
        return made
    if standing.count() >= MOST_FOCUS_AREAS:
        raise errors.PlanFull(most=MOST_FOCUS_AREAS)
    focus = FocusArea.objects.create(plan=plan, order=next_order(plan), **columns)
    _note_change(plan, by, focus, ["added"])
    return focus


@transaction.atomic
def change_focus(plan: DevelopmentPlan, by: Employee, edition: int, focus_id: int, words: FocusWords) -> int:
    """Put other words in a focus area; what stays the same changes nothing. Returns the edition it stands in then.

    Raises FocusGone, PlanEditedMeanwhile, PlanNotOpen or PlanNotYours.
    """
    plan = _seen(plan, by)
    focus = standing_focus(plan, focus_id)
    changed = {name: value for name, value in _columns(words).items() if getattr(focus, name) != value}
    if not changed:
        return plan.edition
    try:
        claim(plan, by, edition)
    except errors.PlanEditedMeanwhile:
        if FocusArea.objects.filter(pk=focus.pk, **changed).exists():
            return edition + 1
        raise
    FocusArea.objects.filter(pk=focus.pk).update(**changed)
    _note_change(plan, by, focus, sorted(changed))
    return edition + 1


@transaction.atomic
def remove_focus(plan: DevelopmentPlan, by: Employee, edition: int, focus_id: int) -> None:
    """Take a focus area out; it stays in the versions that speak of it. A second click finds it taken out.

    Raises as `change_focus` does.
    """
    plan = _seen(plan, by)
    try:
        focus = standing_focus(plan, focus_id)
        claim(plan, by, edition)
    except (errors.FocusGone, errors.PlanEditedMeanwhile):
        is_out = plan.focus_areas.filter(pk=focus_id, removed_at__isnull=False).exists()
        if is_out and _is_again(plan, by, edition, focus_id, ["removed"]):
            return
        raise
    FocusArea.objects.filter(pk=focus.pk).update(removed_at=timezone.now())
    _note_change(plan, by, focus, ["removed"])


@transaction.atomic
def restore_agreed(plan: DevelopmentPlan, by: Employee, edition: int) -> None:
    """Go back to the words both agreed to last, as a change like any other; a second click finds them there.

    Raises as `change_focus` does.
    """
    plan = _seen(plan, by)
    version = plan.versions.order_by("-number").first()
    if version is None:
        raise errors.PlanNotOpen
    try:
        claim(plan, by, edition)
    except errors.PlanEditedMeanwhile:
        if _is_again(plan, by, edition, None, ["restored"]):
            return
        raise
    agreed = {each["id"]: each for each in version.content["focus_areas"]}
    plan.focus_areas.exclude(pk__in=agreed).filter(removed_at=None).update(removed_at=timezone.now())
    for pk, told in agreed.items():
        words = {name: told[name] for name in FocusWords.__dataclass_fields__ if name != "due_on"}
        plan.focus_areas.filter(pk=pk).update(
            **words, due_on=date.fromisoformat(told["due_on"]), order=told["order"], removed_at=None
        )
    note_fact("changed", plan, by.user, focus_id=None, changed=["restored"])


def claim(plan: DevelopmentPlan, by: Employee, edition: int) -> None:
    """Take the plan from the edition its author saw to the next, without any yes; tell who had said yes.

    Raises PlanNotOpen or PlanEditedMeanwhile.
    """
    still = DevelopmentPlan.objects.filter(pk=plan.pk, edition=edition).exclude(state=State.CLOSED)
    if not still.update(edition=F("edition") + 1, employee_agreed_at=None, manager_agreed_at=None):
        is_closed = DevelopmentPlan.objects.filter(pk=plan.pk, state=State.CLOSED).exists()
        raise errors.PlanNotOpen if is_closed else errors.PlanEditedMeanwhile
    if plan.employee_agreed_at or plan.manager_agreed_at:
        tell(other_side(plan, by), PLAN_CHANGED, plan, f"changed {organisation_day()}", name=by.name)


def next_order(plan: DevelopmentPlan) -> int:
    """The place of the next focus area, after all that ever stood in the plan."""
    last = plan.focus_areas.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _seen(plan: DevelopmentPlan, by: Employee) -> DevelopmentPlan:
    """The plan as it stands now, for one of its two sides; a draft for its maker."""
    now = plans_in_full().filter(pk=plan.pk).first()
    if now is None:
        raise errors.PlanNotOpen
    if now.state == State.DRAFT and now.made_by_id != by.pk:
        raise errors.PlanNotYours(employee=now.employee.name)
    require_side(now, by)
    return now


def standing_focus(plan: DevelopmentPlan, focus_id: int) -> FocusArea:
    """A focus area that stands in a plan. Raises FocusGone."""
    focus = plan.focus_areas.filter(pk=focus_id, removed_at=None).first()
    if focus is None:
        raise errors.FocusGone
    return focus


def _columns(words: FocusWords) -> dict[str, Any]:
    told = asdict(words)
    if words.learning_id is not None:
        told["resource"] = LearningResource.objects.get(pk=words.learning_id).title
    return told


def _is_again(plan: DevelopmentPlan, by: Employee, edition: int, focus_id: int | None, changed: list[str]) -> bool:
    """Whether the same person has just changed just that, from the edition they saw. Drafts are silent, and theirs."""
    now = DevelopmentPlan.objects.get(pk=plan.pk)
    is_mine = now.state == State.DRAFT or was_just("changed", plan, by, focus_id=focus_id, changed=changed)
    return now.edition == edition + 1 and is_mine


def _note_change(plan: DevelopmentPlan, by: Employee, focus: FocusArea, changed: list[str]) -> None:
    if plan.state == State.RUNNING:
        note_fact("changed", plan, by.user, focus_id=focus.pk, changed=changed)
