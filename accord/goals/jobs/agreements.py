"""Agreements follow the people they are about, in the background."""

from typing import Any

from django_tasks import task

from accord.foundation.clock import organisation_day
from accord.foundation.services.jobs import enqueue_once
from accord.goals.services.agreements.following import follow_people


@task()
def follow_all_people() -> None:
    """Bring running agreements up to date with today's managers, positions and leavers."""
    follow_people(organisation_day())


def follow_move(employee_id: int, on: str, changed: dict[str, Any]) -> None:
    """Reaction to `employee.moved`; many moves at once are followed by one job."""
    _follow_soon()


def follow_departure(employee_id: int, on: str) -> None:
    """Reaction to `employee.left`."""
    _follow_soon()


def follow_import(run_id: int | None, counts: dict[str, int]) -> None:
    """Reaction to `people.imported`."""
    _follow_soon()


def _follow_soon() -> None:
    enqueue_once(follow_all_people, follow_all_people.module_path)
