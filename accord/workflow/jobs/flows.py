"""Upkeep of flows in the background."""

from django.utils import timezone
from django_tasks import task

from accord.foundation.services.jobs import enqueue_once
from accord.workflow.services.flows.deadlines import follow_deadlines, wake_due
from accord.workflow.services.flows.leavers import sweep_leavers
from accord.workflow.services.flows.telling import tell_open_tasks


@task()
def tend_flows() -> None:
    """Every few minutes: what is overdue, what has waited long enough, and whom to tell of what opened."""
    now = timezone.now()
    follow_deadlines(now)
    wake_due(now)
    tell_open_tasks()


@task()
def hand_over_from_leavers() -> None:
    """Once a night: nothing waits for somebody who is not here any more."""
    sweep_leavers()


def follow_import(run_id: int | None, counts: dict[str, int]) -> None:
    """Reaction to `people.imported`, which may tell of many who left at once."""
    enqueue_once(hand_over_from_leavers, hand_over_from_leavers.module_path)
