"""Rows that are sent to us: each delivery is taken once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.metrics.errors.push import PushKeyUsed
from accord.metrics.models import Connection, SyncRun
from accord.metrics.services.sync.arriving import Arriving, Row
from accord.metrics.services.sync.bringing import Bringing
from accord.metrics.services.sync.cursors import Cursors
from accord.metrics.services.sync.landing import Reading
from accord.metrics.services.sync.rules import fields_in_use
from accord.metrics.services.sync.running import begin_run, end_run
from accord.metrics.services.sync.troubles import succeeded

MOST_FIELDS, LONGEST_FIELD = 60, 200


def take_push(connection: Connection, rows: Mapping[str, Sequence[Row]], key: str, digest: str) -> SyncRun:
    """Take a delivery of `rows` by stream under the idempotency `key`, in one transaction.

    The same key with the same `digest` of the delivery gives the run that took it, and does nothing. Raises PushKeyUsed
    for another delivery under the key, and SyncUnderWay while another one is taken.
    """
    taken = _taken(connection, key, digest)
    if taken:
        return taken
    with transaction.atomic():
        now = timezone.now()
        bringing = Bringing(connection.pk, now)
        taken = _taken(connection, key, digest)
        if taken:
            return taken
        run = begin_run(connection, None, idempotency_key=key, digest=digest)
        in_use = fields_in_use(bringing.rules)
        fields = {stream: in_use.get(stream) or _all_fields(some) for stream, some in rows.items()}
        readings = {stream: Reading(_arrived(some, fields[stream])) for stream, some in rows.items()}
        before = bringing.connection.cursor
        cursors: Cursors = {stream: ({}, _held(before.get(stream), some)) for stream, some in fields.items()}
        brought = bringing.bring(readings, cursors)
        end_run(run, brought, sum(each.rows.read for each in readings.values()))
        succeeded(run, now)
    run.refresh_from_db()
    return run


def digest_of(body: bytes) -> str:
    """What stands for the body of a delivery."""
    return sha256(body).hexdigest()


def _all_fields(rows: Sequence[Row]) -> set[str]:
    """While no rule uses a stream all its fields are kept, so that there is something to choose from."""
    named = {name for row in rows for name in row if not name.startswith("_")}
    return set(sorted(name for name in named if name.isprintable() and len(name) <= LONGEST_FIELD)[:MOST_FIELDS])


def _held(before: dict[str, Any] | None, fields: set[str]) -> set[str]:
    """The fields that all rows have: those sent earlier cannot be asked for what was not kept of them."""
    return fields & set(before["fields"]) if before else fields


def _arrived(rows: Sequence[Row], fields: set[str]) -> Arriving:
    arrived = Arriving(fields)
    arrived.add(rows)
    return arrived


def _taken(connection: Connection, key: str, digest: str) -> SyncRun | None:
    run = SyncRun.objects.filter(connection=connection, idempotency_key=key).exclude(state=SyncRun.State.FAILED).first()
    if run and run.digest != digest:
        raise PushKeyUsed
    return run
