"""Objectives in the background: following their metrics, and the weekly reminder."""

from collections.abc import Sequence

from django_tasks import task

from accord.foundation.clock import organisation_day
from accord.foundation.services.jobs import enqueue_once
from accord.goals.services.objectives.following import follow_all
from accord.goals.services.objectives.reminding import remind_of_check_ins


@task()
def follow_metrics() -> None:
    """Bring key results up to date with their metrics."""
    follow_all()


@task()
def remind_weekly() -> None:
    """Every day; the week has one reminder at most."""
    remind_of_check_ins(organisation_day())


def follow_measured(batch_id: int, periods: Sequence[int]) -> None:
    """Reaction to `measurements.recorded`; many batches at once are followed by one job."""
    enqueue_once(follow_metrics, follow_metrics.module_path)
