"""A source that cannot be read: since when and why, told to its owner once, and once more when it is well again."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accord.foundation.backoff import backoff
from accord.foundation.error_catalogue import kept
from accord.foundation.errors import BusinessError
from accord.foundation.services import events
from accord.foundation.services.notifications import notify
from accord.metrics.errors.sync import ConnectionChangedMeanwhile, RunOvertaken
from accord.metrics.models import Connection, SyncRun
from accord.metrics.notices.connections import FAILED, RECOVERED

_FIRST, _LONGEST = timedelta(minutes=5), timedelta(hours=6)
_OURS = (ConnectionChangedMeanwhile, RunOvertaken)
_SPREAD = 0.05


def failed(run: SyncRun, error: BusinessError) -> None:
    """Write down that a run failed and why; the source is in trouble from the first failure on."""
    now = timezone.now()
    failure = kept(error)
    with transaction.atomic():
        running = SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING)
        running.update(state=SyncRun.State.FAILED, ended_at=now, failure=failure)
        if isinstance(error, _OURS):
            # Nothing is wrong with the source: it is read again as it is set up now.
            _plan_next(run.connection, now + timedelta(minutes=1))
            return
        connection = Connection.objects.filter(pk=run.connection_id)
        is_first = connection.filter(failing_since=None).update(failing_since=run.started_at)
        connection.update(failure=failure)
        _plan_next(run.connection, now + _pause(run))
        if is_first:
            _say(run, "connection.failed", FAILED.code, run.started_at)
    run.refresh_from_db()


def succeeded(run: SyncRun, now: datetime) -> None:
    """The source is well, in the transaction that brought its rows; the next run is planned."""
    connection = run.connection
    since = Connection.objects.values_list("failing_since", flat=True).get(pk=connection.pk)
    well = {"failing_since": None, "failure": None}
    if since and Connection.objects.filter(pk=connection.pk, failing_since=since).update(**well):
        _say(run, "connection.recovered", RECOVERED.code, since)
    if connection.every:
        spread = random.uniform(1 - _SPREAD, 1 + _SPREAD)  # noqa: S311 (no secret)
        _plan_next(connection, now + timedelta(minutes=connection.every) * spread)


def _plan_next(connection: Connection, at: datetime) -> None:
    Connection.objects.filter(pk=connection.pk, every__isnull=False).update(next_run_at=at)


def _pause(run: SyncRun) -> timedelta:
    """Longer after each failure in a row, but never longer than the rhythm or a few hours."""
    rhythm = timedelta(minutes=run.connection.every or 0)
    since = Connection.objects.values_list("failing_since", flat=True).get(pk=run.connection_id)
    failures = run.connection.runs.filter(state=SyncRun.State.FAILED, started_at__gte=since).count()
    return backoff(max(failures, 1), min(_FIRST, max(rhythm, timedelta(minutes=1))), max(_LONGEST, rhythm))


def _say(run: SyncRun, event: str, kind: str, since: datetime) -> None:
    connection = run.connection
    events.record(event, subject=f"connections:{connection.pk}", connection_id=connection.pk, run_id=run.pk)
    owner = connection.owner.user if connection.owner else None
    if owner and owner.is_active:
        values = {"source": connection.source.name}
        cause, url = f"connections:{connection.pk}:{since.isoformat()}", reverse("metrics:source", args=[connection.pk])
        notify(owner, kind, cause=cause, values=values, url=url)
