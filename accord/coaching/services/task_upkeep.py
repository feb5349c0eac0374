"""What time and the organisation do to coaching tasks: they wake up, go up the line, and follow a change of manager."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q

from accord.coaching.models import CoachingEscalation, CoachingTask
from accord.coaching.notices import coaching_tasks as notices
from accord.coaching.queries.coaching_tasks import tasks_in_full
from accord.coaching.services.coaching_tasks import close_by_itself
from accord.coaching.services.following_alerts import TIME_TO_ACT, manager_of
from accord.coaching.services.telling import tell
from accord.foundation.services.events import record
from accord.people.models import Employee, OrgClosure

# How long each level of the line has before a task without any step goes one further.
TIME_PER_LEVEL = timedelta(days=7)


def wake_snoozed(today: date) -> int:
    """Make the tasks due again whose time off is over; return how many."""
    over = CoachingTask.objects.filter(state=CoachingTask.State.SNOOZED, snoozed_until__lte=today)
    return sum(_wake(task) for task in over)


def escalate_overdue(today: date) -> int:
    """Show tasks that are past their day without any step to the next person up the line; return how many.

    Each level hears of a task once; running again on the same day changes nothing.
    """
    overdue = tasks_in_full().filter(state=CoachingTask.State.OPEN, acted_at=None, due_on__lt=today)
    return sum(_escalate(task, today) for task in overdue)


def follow_reporting_lines(today: date) -> int:
    """Give the tasks of people whose line manager changed to the new one, and close those that nobody is left for."""
    led_by_another = ~Q(owner=F("employee__manager")) | Q(employee__manager=None)
    gone = Q(employee__status=Employee.Status.LEFT) | Q(owner__status=Employee.Status.LEFT)
    astray = tasks_in_full().exclude(state=CoachingTask.State.CLOSED).filter(led_by_another | gone)
    return sum(_follow(task, today) for task in astray)


@transaction.atomic
def _wake(task: CoachingTask) -> bool:
    asleep = CoachingTask.objects.filter(pk=task.pk, state=CoachingTask.State.SNOOZED)
    if not asleep.update(state=CoachingTask.State.OPEN, snoozed_until=None):
        return False
    record("coaching_task.resumed", subject=f"coaching_tasks:{task.pk}", task_id=task.pk)
    return True


@transaction.atomic
def _escalate(task: CoachingTask, today: date) -> bool:
    receiver = _above(task.owner, task.escalations)
    if receiver is None:
        return False
    level = task.escalations + 1
    untouched = CoachingTask.objects.filter(
        pk=task.pk, state=CoachingTask.State.OPEN, acted_at=None, escalations=task.escalations
    )
    if not untouched.update(escalations=level, due_on=today + TIME_PER_LEVEL):
        return False
    CoachingEscalation.objects.get_or_create(task=task, receiver=receiver)
    record("coaching_task.escalated", subject=f"coaching_tasks:{task.pk}", task_id=task.pk, level=level)
    tell(receiver, notices.TASK_ESCALATED, task, f"level {level}", owner=task.owner.name)
    tell(task.owner, notices.TASK_PASSED_UP, task, f"level {level}", receiver=receiver.name)
    return True


def _above(owner: Employee, levels: int) -> Employee | None:
    """Who stands `levels` + 1 steps above `owner` in today's line, not counting those who left."""
    lines = OrgClosure.objects.filter(descendant=owner, depth__gt=0, valid_to=None).order_by("depth")
    working = lines.exclude(ancestor__status=Employee.Status.LEFT).select_related("ancestor__user")
    return next((line.ancestor for line in working[levels : levels + 1]), None)


@transaction.atomic
def _follow(task: CoachingTask, today: date) -> bool:
    manager = manager_of(task.employee)
    if manager is None:
        has_left = task.employee.status == Employee.Status.LEFT
        because = CoachingTask.ClosedBecause
        return close_by_itself(task, because.LEFT if has_left else because.NO_MANAGER)
    if manager == task.owner:
        return False
    unmoved = CoachingTask.objects.filter(pk=task.pk, owner=task.owner).exclude(state=CoachingTask.State.CLOSED)
    # The new manager has as long as the first one had, and starts at the bottom of their own line.
    if not unmoved.update(owner=manager, escalations=0, due_on=max(task.due_on, today + TIME_TO_ACT)):
        return False
    record(
        "coaching_task.moved",
        subject=f"coaching_tasks:{task.pk}",
        task_id=task.pk,
        before=task.owner_id,
        after=manager.pk,
    )
    tell(manager, notices.TASK_MOVED, task, f"from {task.owner_id}")
    return True
