"""Reading a source in the background, because somebody asked."""

from __future__ import annotations

from django_tasks import task

from accord.foundation.services.jobs import enqueue_once
from accord.metrics.errors.sync import SyncUnderWay
from accord.metrics.models import Connection
from accord.metrics.services.sync import sync
from accord.people.models import Employee


@task()
def read_source(connection_pk: int, asked_by: int, full: bool) -> None:
    """Read what is new, or with `full` everything. A source that was put away meanwhile is left alone."""
    connection = Connection.objects.select_related("source", "owner__user").filter(pk=connection_pk).first()
    if connection is None or connection.state == Connection.State.ARCHIVED:
        return
    try:
        sync(connection, asked_by=Employee.objects.filter(pk=asked_by).first(), full=full)
    except SyncUnderWay:
        # It is being read this very moment; what changes meanwhile comes with the next run.
        return


def read_soon(connection: Connection, asked_by: Employee, *, full: bool = False) -> None:
    """Read the source as soon as a worker is free. Asked twice before it begins, it is read once."""
    key = f"{read_source.module_path}:{connection.pk}:{full}"
    enqueue_once(read_source, key, connection.pk, asked_by.pk, full)
