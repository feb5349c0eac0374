"""Letting go of recordings."""

from django.utils import timezone
from django_tasks import task

from accord.coaching.services.recordings.keeping import delete_expired, drop_abandoned, forget_strays
from accord.foundation.clock import organisation_day


@task()
def forget_recordings() -> None:
    """Once a night: what was kept long enough, what never arrived, and what no row names any more."""
    delete_expired(organisation_day())
    drop_abandoned(timezone.now())
    forget_strays(timezone.now())
