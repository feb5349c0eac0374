"""Scorecards in the background."""

from django_tasks import task

from accord.foundation.clock import organisation_day
from accord.goals.services.scorecards.scoring import score_finished


@task()
def freeze_finished() -> None:
    """Every night: the final scorecards of cycles whose last values are in, and new ones after corrections."""
    score_finished(organisation_day())
