"""Letting go of what the learning system told."""

from django.utils import timezone
from django_tasks import task

from accord.coaching.services.learning_hook import forget_old


@task()
def forget_deliveries() -> None:
    """Once a night: the deliveries that were remembered long enough."""
    forget_old(timezone.now())
