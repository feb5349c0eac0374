"""Letting go of files that nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accord.foundation.imports.files import path_of
from accord.foundation.models import ImportRun

State = ImportRun.State
KEPT_UNUSED = timedelta(days=30)
"""How long after it was sent a file is kept from which no number came: long enough to look into why."""


@task
def forget_unused_files() -> None:
    """Discard what has waited too long for a decision, and delete the files of runs that brought nothing in.

    The run stays in the list with its counts. One that a crash left half forgotten is finished the next time.
    """
    now = timezone.now()
    old = ImportRun.objects.filter(started_at__lt=now - KEPT_UNUSED)
    old.filter(state=State.CHECKED).update(state=State.DISCARDED, finished_at=now)
    for run in old.filter(state__in=[State.DISCARDED, State.FAILED]).exclude(stored_as=""):
        for stored_as in filter(None, (run.stored_as, run.refused_stored_as)):
            path_of(stored_as).unlink(missing_ok=True)
        ImportRun.objects.filter(pk=run.pk).update(stored_as="", refused_stored_as="", remarks=[], preview=[])
