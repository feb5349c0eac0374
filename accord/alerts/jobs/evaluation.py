"""Evaluation in the background: soon after something changed, and every night."""

from collections.abc import Sequence

from django_tasks import task

from accord.alerts.queries.periods import known_periods
from accord.alerts.services.evaluation import evaluate, touch_periods
from accord.foundation.services.jobs import enqueue_once


@task()
def evaluate_pending() -> None:
    """Judge every period that needs it; with nothing to judge this is quick and changes nothing."""
    evaluate()


def judge_measured(batch_id: int, periods: Sequence[int]) -> None:
    """Reaction to `measurements.recorded`."""
    _judge_soon(periods)


def judge_targets(ranges: Sequence[tuple[int, int]]) -> None:
    """Reaction to `kpis.changed`: `ranges` are the first and last periods of the targets that changed."""
    _judge_soon(known_periods(ranges))


def _judge_soon(periods: Sequence[int]) -> None:
    touch_periods(periods)
    enqueue_once(evaluate_pending, evaluate_pending.module_path)
