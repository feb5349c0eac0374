"""Who may see and do what with a coaching task.

Whoever may see the person may know that there is a task about their KPI, what action was agreed and what came of it:
the person themselves, the line above, HR business partners, executives. The notes of the evidence and of the talk, and
why a task was put off, are the manager's: only the owner of the task and those it was passed up to read them, and act
on it. Both must still be able to see the person, so a former manager has no way in.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from accord.alerts.models import Alert
from accord.coaching.access.handovers import former_manager_told
from accord.coaching.models import CoachingEscalation, CoachingTask
from accord.coaching.queries.coaching_tasks import tasks_in_full
from accord.people.access import Actor, own_employee, own_employee_id, visible_employees
from accord.people.models import Employee


@dataclass(frozen=True)
class SeenTask:
    """A task as one person sees it: `is_led` to those who may read its notes and work on it."""

    task: CoachingTask
    is_led: bool
    is_about_me: bool
    is_owner: bool = False


def visible_tasks(actor: Actor) -> QuerySet[CoachingTask]:
    """The tasks about people whom `actor` may see."""
    return tasks_in_full().filter(employee__in=visible_employees(actor))


def led_tasks(actor: Actor) -> QuerySet[CoachingTask]:
    """The tasks `actor` owns or that were passed up to them."""
    me = own_employee_id(actor)
    passed_up = Exists(CoachingEscalation.objects.filter(task=OuterRef("pk"), receiver=me))
    return visible_tasks(actor).filter(Q(owner=me) | passed_up).exclude(employee=me)


def task_for(actor: Actor, pk: int) -> SeenTask:
    """The task `pk` as `actor` sees it. Raises Http404 for whoever may not see the person."""
    task = get_object_or_404(visible_tasks(actor), pk=pk)
    me = own_employee_id(actor)
    return SeenTask(
        task,
        is_led=led_tasks(actor).filter(pk=pk).exists(),
        is_about_me=task.employee_id == me,
        is_owner=task.owner_id == me,
    )


def task_to_work_on(actor: Actor, pk: int) -> tuple[CoachingTask, Employee]:
    """The task `pk` and whoever works on it.

    Raises Http404 for strangers, PermissionDenied for those who only look, NoLongerManager.
    """
    with former_manager_told(actor, CoachingTask.objects.filter(pk=pk), "employee", since="opened_at"):
        seen, me = task_for(actor, pk), own_employee(actor)
        if me is None or not seen.is_led:
            raise PermissionDenied
    return seen.task, me


def task_about(actor: Actor, alert: Alert) -> CoachingTask | None:
    """The task of an alert if there is one and `actor` may know of it."""
    return visible_tasks(actor).filter(alert=alert).first()
