"""Starting, pausing and ending a source."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accord.metrics.errors.connections import ConnectionArchived, ConnectionNotReady
from accord.metrics.models import Batch, Connection, Freshness, MetricMapping, Source
from accord.metrics.services.connections.changing import claim, record_about
from accord.people.models import Employee

State = Connection.State


def require_ready(connection: Connection) -> None:
    """Raise ConnectionNotReady for a source from which no metric is taken, ConnectionArchived for one put away."""
    if connection.state == State.ARCHIVED:
        raise ConnectionArchived(source=connection.source.name)
    if not MetricMapping.objects.filter(connection=connection).exists():
        raise ConnectionNotReady(source=connection.source.name)


@transaction.atomic
def activate(connection: Connection, edition: int, now: datetime, actor: Employee) -> None:
    """Let the source run by its schedule, for the first time at once. Raises ConnectionNotReady without a mapping."""
    require_ready(connection)
    claim(connection, edition, state=State.ACTIVE, next_run_at=now if connection.every else None)
    record_about("activated", connection, actor)


@transaction.atomic
def pause(connection: Connection, edition: int, actor: Employee) -> None:
    """Stop reading; everything stays as it is."""
    claim(connection, edition, state=State.PAUSED, next_run_at=None)
    record_about("paused", connection, actor)


@transaction.atomic
def end_connection(connection: Connection, edition: int, actor: Employee) -> bool:
    """Discard a source that has brought nothing; put one away whose numbers are here. Return whether it was discarded.

    Of what is put away the secret is forgotten; its numbers keep their origin.
    """
    source = connection.source_id
    if Batch.objects.filter(source=source).exists() or Freshness.objects.filter(source=source).exists():
        claim(connection, edition, state=State.ARCHIVED, next_run_at=None, secret="")
        record_about("archived", connection, actor)
        return False
    claim(connection, edition)
    record_about("discarded", connection, actor)
    Connection.objects.filter(pk=connection.pk).delete()
    Source.objects.filter(pk=source).delete()
    return True
