"""Commands of the people who work on a coaching task. Each changes it only from the state its author saw.

A second click of the same person finds what the first one did.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from accord.coaching.errors.coaching_tasks import StepTaken, TaskClosed, TaskNotPutOff, TaskPutOff
from accord.coaching.models import CoachingStep, CoachingTask
from accord.foundation.clock import organisation_day
from accord.foundation.models import User
from accord.foundation.queries.events import is_newest_by
from accord.foundation.services.events import record
from accord.people.models import Employee

LONGEST_SNOOZE = timedelta(days=30)
OPEN, SNOOZED, CLOSED = CoachingTask.State.OPEN, CoachingTask.State.SNOOZED, CoachingTask.State.CLOSED


@transaction.atomic
def take_step(task: CoachingTask, kind: str, note: str, by: Employee) -> CoachingStep:
    """Record a step with its note; a task that was put off is taken up with it. An agreed action needs a note.

    Raises TaskClosed, or StepTaken if somebody was faster.
    """
    if kind == CoachingStep.Kind.ACTION and not note.strip():
        raise ValueError("an agreed action needs a note")
    acted = Coalesce("acted_at", timezone.now())
    if not _change(task, OPEN, SNOOZED, state=OPEN, snoozed_until=None, acted_at=acted):
        raise TaskClosed
    try:
        with transaction.atomic():
            step = CoachingStep.objects.create(task=task, kind=kind, note=note.strip(), taken_by=by)
    except IntegrityError as error:
        first = CoachingStep.objects.select_related("taken_by").get(task=task, kind=kind)
        if (first.taken_by_id, first.note) == (by.pk, note.strip()):
            return first
        raise StepTaken(name=first.taken_by.name) from error
    _record("step_taken", task, by.user, kind=kind, alert_id=task.alert_id)
    return step


@transaction.atomic
def snooze(task: CoachingTask, until: date, reason: str, by: Employee, today: date | None = None) -> None:
    """Put the task off until a day within the next thirty, with a reason. Raises TaskClosed or TaskPutOff."""
    today = today or organisation_day()
    if not (today < until <= today + LONGEST_SNOOZE and reason.strip()):
        raise ValueError("a task is put off for 1 to 30 days, with a reason")
    asked = {"state": SNOOZED, "snoozed_until": until, "snooze_reason": reason.strip()}
    if not _change(task, OPEN, due_on=until, **asked):
        if _is_again(task, by, "snoozed", asked):
            return
        raise TaskClosed if CoachingTask.objects.get(pk=task.pk).state == CLOSED else TaskPutOff
    _record("snoozed", task, by.user, until=until.isoformat())


@transaction.atomic
def resume(task: CoachingTask, by: Employee) -> None:
    """Take up a task before the day it was put off to. Raises TaskNotPutOff."""
    if not _change(task, SNOOZED, state=OPEN, snoozed_until=None):
        if _is_again(task, by, "resumed", {"state": OPEN}):
            return
        raise TaskNotPutOff
    _record("resumed", task, by.user)


@transaction.atomic
def close(task: CoachingTask, outcome: str, note: str, by: Employee) -> None:
    """Close the task with what came of it; “something else” says what. Raises TaskClosed."""
    if outcome not in CoachingTask.Outcome.values or (outcome == CoachingTask.Outcome.OTHER and not note.strip()):
        raise ValueError("a task is closed with an outcome, and “something else” says what")
    closing = {"state": CLOSED, "outcome": outcome, "outcome_note": note.strip()}
    if not _change(task, OPEN, SNOOZED, closed_at=timezone.now(), **closing):
        if _is_again(task, by, "closed", closing):
            return
        raise TaskClosed
    _record("closed", task, by.user, outcome=outcome, alert_id=task.alert_id)


def close_by_itself(task: CoachingTask, because: CoachingTask.ClosedBecause) -> bool:
    """Close a task that has lost its point, in the caller's transaction; false if it is closed already."""
    if not _change(task, OPEN, SNOOZED, state=CLOSED, closed_because=because, closed_at=timezone.now()):
        return False
    _record("closed", task, None, outcome=because.value, alert_id=task.alert_id)
    return True


def _change(task: CoachingTask, *states: str, **values: object) -> bool:
    """Compare-and-set: true where the task was still in one of `states`."""
    return bool(CoachingTask.objects.filter(pk=task.pk, state__in=states).update(**values))


def _is_again(task: CoachingTask, by: Employee, what: str, asked: Mapping[str, object]) -> bool:
    """Whether `by` has just done that, with the same words."""
    stands = CoachingTask.objects.filter(pk=task.pk, **asked).exists()
    return stands and is_newest_by(by.user, f"coaching_task.{what}", f"coaching_tasks:{task.pk}")


def _record(what: str, task: CoachingTask, actor: User | None, **payload: object) -> None:
    record(f"coaching_task.{what}", subject=f"coaching_tasks:{task.pk}", actor=actor, task_id=task.pk, **payload)
