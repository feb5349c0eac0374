"""Reads of coaching tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from accord.alerts.models import Alert
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


@dataclass(frozen=True)
class Desk:
    """One person's list: owed first, then what was put off, passed up to them, is about them, and is closed."""

    owed: Sequence[CoachingTask]
    put_off: Sequence[CoachingTask]
    passed_up: Sequence[CoachingTask]
    about_me: Sequence[CoachingTask]
    closed: QuerySet[CoachingTask]


def desk_of(me: Employee, led: QuerySet[CoachingTask], visible: QuerySet[CoachingTask]) -> Desk:
    """The list of `me` from the tasks they lead and those they may see."""
    unclosed = list(led.exclude(state=CoachingTask.State.CLOSED).order_by("due_on", "id"))
    own = [task for task in unclosed if task.owner_id == me.pk]
    about_me = visible.filter(employee=me).exclude(state=CoachingTask.State.CLOSED).order_by("id")
    return Desk(
        owed=[task for task in own if task.state == CoachingTask.State.OPEN],
        put_off=[task for task in own if task.state == CoachingTask.State.SNOOZED],
        passed_up=[task for task in unclosed if task.owner_id != me.pk],
        about_me=list(about_me),
        closed=_closed(me, led, visible),
    )


def _closed(me: Employee, led: QuerySet[CoachingTask], visible: QuerySet[CoachingTask]) -> QuerySet[CoachingTask]:
    mine = Q(pk__in=led.values("pk")) | Q(pk__in=visible.filter(employee=me).values("pk"))
    return tasks_in_full().filter(mine, state=CoachingTask.State.CLOSED).order_by("-closed_at", "-id")


@dataclass(frozen=True)
class Place:
    """One place on the path of a task: the step that was taken there, or the form to take it with."""

    kind: str
    label: str
    step: CoachingStep | None
    is_next: bool
    form: Any = None

    def with_form(self, form: Any) -> Place:
        """The same place with a form."""
        return replace(self, form=form)


def path_of(task: CoachingTask) -> list[Place]:
    """The path of a task: evidence, talk, action. The next is suggested until an action is agreed; none is forced."""
    taken = {step.kind: step for step in task.steps.select_related("taken_by")}
    suggested = _next(task, taken)
    return [Place(kind, str(label), taken.get(kind), kind == suggested) for kind, label in CoachingStep.Kind.choices]


def next_step(task: CoachingTask) -> str | None:
    """The step to suggest, None once an action is agreed; for many tasks fetch their `steps` beforehand."""
    return _next(task, {step.kind for step in task.steps.all()})


def _next(task: CoachingTask, taken: Collection[str]) -> str | None:
    if task.state == CoachingTask.State.CLOSED or CoachingStep.Kind.ACTION in taken:
        return None
    return next(kind for kind in CoachingStep.Kind.values if kind not in taken)


def suggested_outcome(task: CoachingTask, path: Sequence[Place]) -> str:
    """The outcome to suggest once the KPI has recovered: helped if something was agreed, else by itself."""
    if task.alert.state != Alert.State.CLEARED:
        return ""
    agreed = any(place.step for place in path if place.kind == CoachingStep.Kind.ACTION)
    return CoachingTask.Outcome.HELPED if agreed else CoachingTask.Outcome.RECOVERED


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
