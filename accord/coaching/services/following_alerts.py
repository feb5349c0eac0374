"""Reactions to alerts: a task opens, learns of the recovery, or closes itself. Each may run again without effect."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from accord.alerts.models import Alert, Rule
from accord.coaching.models import CoachingTask
from accord.coaching.notices import coaching_tasks as notices
from accord.coaching.queries.coaching_tasks import tasks_in_full
from accord.coaching.services.coaching_tasks import close_by_itself
from accord.coaching.services.telling import tell
from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.people.models import Employee

TIME_TO_ACT = timedelta(days=7)


@transaction.atomic
def open_coaching_task(alert_id: int) -> None:
    """Open one task for the line manager of the person the alert is about (the head, for a unit's KPI), and tell them.

    Nobody is asked to coach the person at the top, a unit without a head, or somebody who has left. An alert that is
    over by now, or on a watch list, opens nothing; one that was raised again after its task had been closed opens the
    same task again.
    """
    alert = Alert.objects.select_related("series__employee", "series__org_unit__head").get(pk=alert_id)
    person = _who_answers(alert)
    manager = manager_of(person) if person else None
    if alert.state != Alert.State.OPEN or alert.is_watched or person is None or manager is None:
        return
    due_on = organisation_day() + TIME_TO_ACT
    task, is_new = CoachingTask.objects.get_or_create(
        alert=alert, defaults={"employee": person, "owner": manager, "due_on": due_on}
    )
    if is_new or _open_again(task, manager, alert):
        record("coaching_task.opened", subject=f"coaching_tasks:{task.pk}", task_id=task.pk)
        kind = notices.TASK_OPENED_ON_FALL if alert.rule == Rule.FALLING else notices.TASK_OPENED
        tell(manager, kind, tasks_in_full().get(pk=task.pk), alert.raised_at.isoformat())


@transaction.atomic
def suggest_outcome(alert_id: int) -> None:
    """Tell the owner of the alert's task that the KPI has recovered; the outcome is theirs to say."""
    task = _task_of(alert_id, Alert.State.CLEARED)
    if task and task.state != CoachingTask.State.CLOSED:
        tell(task.owner, notices.TASK_RECOVERED, task, f"{task.alert.closed_period}")


@transaction.atomic
def close_withdrawn_task(alert_id: int) -> None:
    """Close the task of an alert that was withdrawn, and tell the owner that nothing is left to do."""
    task = _task_of(alert_id, Alert.State.WITHDRAWN)
    if task and close_by_itself(task, CoachingTask.ClosedBecause.WITHDRAWN):
        tell(task.owner, notices.TASK_WITHDRAWN, task, f"{task.alert.closed_at}")


def manager_of(person: Employee) -> Employee | None:
    """The nearest manager above `person` who works here; None for whoever is at the top, or has left."""
    if person.status == Employee.Status.LEFT:
        return None
    manager = person.manager
    while manager is not None and manager.status == Employee.Status.LEFT:
        manager = manager.manager
    return manager


def _who_answers(alert: Alert) -> Employee | None:
    unit = alert.series.org_unit
    return unit.head if unit else alert.series.employee


def _open_again(task: CoachingTask, manager: Employee, alert: Alert) -> bool:
    """Open a task again that had been closed before the alert was raised once more."""
    closed = CoachingTask.objects.filter(pk=task.pk, state=CoachingTask.State.CLOSED, closed_at__lt=alert.raised_at)
    return bool(
        closed.update(
            state=CoachingTask.State.OPEN,
            owner=manager,
            due_on=organisation_day() + TIME_TO_ACT,
            snoozed_until=None,
            escalations=0,
            outcome="",
            outcome_note="",
            closed_because="",
            closed_at=None,
        )
    )


def _task_of(alert_id: int, state: Alert.State) -> CoachingTask | None:
    """The task of an alert that is still in `state`: what happened since has its own reaction."""
    return tasks_in_full().filter(alert=alert_id, alert__state=state).first()
