"""Upkeep of one-on-ones in the background."""

from typing import Any

from django.utils import timezone
from django_tasks import task

from accord.coaching.services.one_on_ones.calendars import invite_due
from accord.coaching.services.one_on_ones.slots import plan_all
from accord.coaching.services.one_on_ones.stepping_aside import follow_absence, step_aside
from accord.coaching.services.one_on_ones.upkeep import end_forgotten, follow_managers, notice_missed
from accord.foundation.services.jobs import enqueue_once
from accord.people.models import Employee


@task()
def tend_one_on_ones() -> None:
    """Once a day: follow the lines, close what is over, step aside for leave, plan ahead, invite to what is near."""
    follow_managers()
    end_forgotten()
    step_aside()
    plan_all()
    notice_missed()
    invite_due(timezone.now())


@task()
def follow_pairs() -> None:
    """Let rhythms follow the managers of today, and talks step aside for who is away."""
    follow_managers()
    step_aside()


def follow_move(employee_id: int, on: str, changed: dict[str, Any]) -> None:
    """Reaction to `employee.moved`; many moves at once are followed by one job."""
    if "manager" in changed:
        _follow_soon()


def follow_departure(employee_id: int, on: str) -> None:
    """Reaction to `employee.left`."""
    _follow_soon()


def follow_leave(employee_id: int) -> None:
    """Reaction to `leave.noted` and `leave.ended`."""
    follow_absence(Employee.objects.get(pk=employee_id))


def follow_leaves(count: int) -> None:
    """Reaction to `leave.imported`."""
    _follow_soon()


def follow_change(employee_id: int, changed: dict[str, Any]) -> None:
    """Reaction to `employee.changed`: they go on leave, or are back."""
    if "status" in changed:
        follow_absence(Employee.objects.get(pk=employee_id))


def follow_import(run_id: int | None, counts: dict[str, int]) -> None:
    """Reaction to `people.imported`."""
    _follow_soon()


def _follow_soon() -> None:
    enqueue_once(follow_pairs, follow_pairs.module_path)
