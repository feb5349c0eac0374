"""Reminders of check-ins, in the background."""

from django_tasks import task

from accord.foundation.clock import organisation_day
from accord.goals.services.check_ins import remind


@task()
def remind_of_check_ins() -> None:
    """Each morning, before the digests go out."""
    remind(organisation_day())
