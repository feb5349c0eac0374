"""Letting go of drafts of feedback."""

from django.utils import timezone
from django_tasks import task

from accord.coaching.services.feedback.drafts import throw_away_old


@task()
def forget_drafts() -> None:
    """Once a night: the drafts that nobody went on with for half a year."""
    throw_away_old(timezone.now())
