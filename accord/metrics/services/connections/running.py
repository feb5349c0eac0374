"""Starting, pausing and ending a source."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accord.foundation.services.events import record
from accord.metrics.errors.connections import ConnectionNotReady
from accord.metrics.models import Batch, Connection, Freshness, MetricMapping, Source
from accord.metrics.services.connections.changing import claim
from accord.people.models import Employee

State = Connection.State


@transaction.atomic
def activate(connection: Connection, edition: int, now: datetime, actor: Employee) -> None:
    """Let the source run by its schedule, for the first time at once. Raises ConnectionNotReady without a mapping."""
    if not MetricMapping.objects.filter(connection=connection).exists():
        raise ConnectionNotReady(source=connection.source.name)
    claim(connection, edition, state=State.ACTIVE, next_run_at=now if connection.every else None)
    _record("activated", connection, actor)


@transaction.atomic
def pause(connection: Connection, edition: int, actor: Employee) -> None:
    """Stop reading; everything stays as it is."""
    claim(connection, edition, state=State.PAUSED, next_run_at=None)
    _record("paused", connection, actor)


@transaction.atomic
def read_from_the_beginning(connection: Connection, edition: int, actor: Employee) -> None:
    """Forget how far the source was read, so that the next run reads everything. Rows that are the same stay so."""
    claim(connection, edition, cursor={})
    record(
        "connection.changed",
        subject=f"connections:{connection.pk}",
        actor=actor.user,
        connection_id=connection.pk,
        changed=["cursor"],
    )


@transaction.atomic
def end_connection(connection: Connection, edition: int, actor: Employee) -> bool:
    """Discard a source that has brought nothing; put one away whose numbers are here. Return whether it was discarded.

    Of what is put away the secret is forgotten; its numbers keep their origin.
    """
    source = connection.source_id
    if Batch.objects.filter(source=source).exists() or Freshness.objects.filter(source=source).exists():
        claim(connection, edition, state=State.ARCHIVED, next_run_at=None, secret="")
        _record("archived", connection, actor)
        return False
    claim(connection, edition)
    _record("discarded", connection, actor)
    Connection.objects.filter(pk=connection.pk).delete()
    Source.objects.filter(pk=source).delete()
    return True


def _record(what: str, connection: Connection, actor: Employee) -> None:
    subject = f"connections:{connection.pk}"
    record(f"connection.{what}", subject=subject, actor=actor.user, connection_id=connection.pk)
