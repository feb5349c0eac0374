"""Sources in the background: read when they are due, and cleared of what is no longer needed."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from accord.foundation.services.jobs import enqueue_once
from accord.metrics.errors.sync import SyncUnderWay
from accord.metrics.models import Connection, SyncRun
from accord.metrics.services.sync import sync
from accord.metrics.services.sync.retention import forget_old_rows

RUNS_KEPT = timedelta(days=90)
# Whoever takes a due connection moves its next run so far ahead; the run itself sets the time that holds.
_TAKEN = timedelta(minutes=30)


@task()
def sync_due() -> None:
    """Let every connection that is due be read by a job of its own, so that a slow source keeps no other waiting."""
    now = timezone.now()
    due = Connection.objects.filter(state=Connection.State.ACTIVE, every__isnull=False, next_run_at__lte=now)
    for pk, at in due.order_by("next_run_at").values_list("pk", "next_run_at"):
        if due.filter(pk=pk, next_run_at=at).update(next_run_at=now + _TAKEN):
            enqueue_once(sync_connection, f"{sync_connection.module_path}:{pk}", pk)


@task()
def sync_connection(pk: int) -> None:
    """Read one connection, unless it was paused meanwhile or is being read."""
    connection = Connection.objects.select_related("source", "owner__user").filter(pk=pk).first()
    if connection is None or connection.state != Connection.State.ACTIVE:
        return
    try:
        sync(connection)
    except SyncUnderWay:
        return


@task()
def forget_sources() -> None:
    """Delete runs that ended long ago, with what they refused, and what is no longer needed of old rows."""
    now = timezone.now()
    SyncRun.objects.filter(ended_at__lt=now - RUNS_KEPT).delete()
    forget_old_rows(now)
