"""Reads of coaching tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accord.coaching.models import CoachingStep, CoachingTask
from accord.domain.periods import Period
from accord.foundation.models import User
from accord.people.models import Employee


def tasks_in_full() -> QuerySet[CoachingTask]:
    """Tasks with the people and the KPI they are about, in one statement."""
    return CoachingTask.objects.select_related(
        "alert__series__metric", "alert__series__org_unit", "employee__manager", "owner__user"
    )


def tasks_owed(owner: Employee, on: date) -> QuerySet[CoachingTask]:
    """The open tasks of `owner` on a day, those due first; what is put off beyond that day is not owed yet."""
    awake = Q(state=CoachingTask.State.OPEN) | Q(state=CoachingTask.State.SNOOZED, snoozed_until__lte=on)
    return tasks_in_full().filter(awake, owner=owner).order_by("due_on", "id")


def steps_of(task: CoachingTask) -> dict[str, CoachingStep]:
    """The steps taken in a task, by kind."""
    return {step.kind: step for step in task.steps.select_related("taken_by")}


def next_step(steps: dict[str, CoachingStep]) -> str | None:
    """The step to suggest: evidence, then the talk, then an agreed action; None once an action is agreed."""
    if CoachingStep.Kind.ACTION in steps:
        return None
    return next(kind for kind in CoachingStep.Kind.values if kind not in steps)


def own_data(user: User) -> list[dict[str, Any]]:
    """The coaching tasks about a person, as far as they may see them, and the steps they recorded about others."""
    mine = tasks_in_full().filter(Q(employee__user=user) | Q(steps__taken_by__user=user)).distinct().order_by("id")
    return [_told(task, user) for task in mine.prefetch_related("steps__taken_by")]


def _told(task: CoachingTask, user: User) -> dict[str, Any]:
    is_mine = task.employee.user_id == user.pk
    told = {
        "about_me": is_mine,
        "metric": task.alert.series.metric.name,
        "period": Period(task.alert.period).label,
        "opened_at": task.opened_at,
        "steps": [
            {"step": step.kind, "note": step.note, "taken_at": step.taken_at}
            for step in task.steps.all()
            if step.taken_by.user_id == user.pk or (is_mine and step.kind == CoachingStep.Kind.ACTION)
        ],
    }
    if is_mine:
        told |= {"state": task.state, "outcome": task.outcome, "outcome_note": task.outcome_note}
    return told
