"""Upkeep of coaching tasks in the background."""

from typing import Any

from django_tasks import task

from accord.coaching.services.task_upkeep import escalate_overdue, follow_reporting_lines, wake_snoozed
from accord.foundation.clock import organisation_day
from accord.foundation.services.jobs import enqueue_once


@task()
def tend_tasks() -> None:
    """Once a day: follow the lines, wake what was put off, and pass up what nobody has begun."""
    today = organisation_day()
    follow_reporting_lines(today)
    wake_snoozed(today)
    escalate_overdue(today)


@task()
def follow_lines() -> None:
    """Give tasks to the managers of today."""
    follow_reporting_lines(organisation_day())


def follow_move(employee_id: int, on: str, changed: dict[str, Any]) -> None:
    """Reaction to `employee.moved`; many moves at once are followed by one job."""
    if "manager" in changed:
        _follow_soon()


def follow_departure(employee_id: int, on: str) -> None:
    """Reaction to `employee.left`."""
    _follow_soon()


def follow_import(run_id: int | None, counts: dict[str, int]) -> None:
    """Reaction to `people.imported`."""
    _follow_soon()


def _follow_soon() -> None:
    enqueue_once(follow_lines, follow_lines.module_path)
