"""Reading a source: one run at a time, everything or nothing, and a failure that is said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accord.foundation.errors import BusinessError, OurFault
from accord.foundation.services import events
from accord.metrics.connectors.registry import KINDS, open_connector
from accord.metrics.errors.connectors import NothingToFetch
from accord.metrics.errors.sync import ConnectionChangedMeanwhile, RunDied, RunOvertaken, SyncUnderWay
from accord.metrics.models import Connection, SyncRun
from accord.metrics.services.sync.arriving import Arriving
from accord.metrics.services.sync.bringing import Bringing, Brought
from accord.metrics.services.sync.landing import Reading
from accord.metrics.services.sync.rules import fields_in_use, rules_of
from accord.metrics.services.sync.troubles import failed, succeeded
from accord.people.models import Employee

SILENT = timedelta(minutes=15)
"""A run that gave no sign of life for so long is over: a page of a source may take as long as its time limit."""
_SIGN = timedelta(seconds=5)
MOST_REFUSALS = 100

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class _Plan:
    """What is to be read: by stream, the fields, and where to go on ({} is from the beginning)."""

    fields: Mapping[str, set[str]]
    cursors: Mapping[str, dict[str, Any]]


def sync(
    connection: Connection, asked_by: Employee | None = None, *, full: bool = False, progress: Progress | None = None
) -> SyncRun:
    """Read the source and bring its values up to date. Returns the run, also one that failed (`run.failure`).

    `full` reads everything again and removes rows that are gone. Raises SyncUnderWay, NothingToFetch for a source that
    sends its rows, and whatever nobody foresaw after writing down that the run failed.
    """
    if KINDS[connection.kind].is_pushed:
        raise NothingToFetch
    run = begin_run(connection, asked_by)
    try:
        _read_and_bring(run, full, progress or _nothing)
    except BusinessError as error:
        failed(run, error)
    except Exception:
        failed(run, OurFault())
        raise
    run.refresh_from_db()
    return run


def begin_run(connection: Connection, asked_by: Employee | None, **also: str) -> SyncRun:
    """Write down that a run begins. Raises SyncUnderWay while another one gives signs of life."""
    now = timezone.now()
    silent = connection.runs.filter(state=SyncRun.State.RUNNING, seen_at__lt=now - SILENT)
    died = {"code": RunDied.code, "values": {}}
    try:
        with transaction.atomic():
            silent.update(state=SyncRun.State.FAILED, ended_at=now, failure=died)
            return SyncRun.objects.create(connection=connection, asked_by=asked_by, started_at=now, seen_at=now, **also)
    except IntegrityError:
        raise SyncUnderWay(source=connection.source.name) from None


def end_run(run: SyncRun, brought: Brought, read: int) -> None:
    """Write down what the run did, in the transaction that did it. Raises RunOvertaken where another took its place."""
    now = timezone.now()
    counts = {name: getattr(brought, name) for name in ("created", "changed", "same")}
    refusals = [{"key": key, "code": code, "values": values} for key, code, values in brought.refused[:MOST_REFUSALS]]
    if brought.unpublished:
        years = ", ".join(map(str, sorted(brought.unpublished)))
        refusals.append({"key": "", "code": "days_off_unknown", "values": {"years": years}})
    running = SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING)
    refused = len(brought.refused)
    values = {"ended_at": now, "seen_at": now, "read": read, "refused": refused, "refusals": refusals, **counts}
    if not running.update(state=SyncRun.State.DONE, **values):
        raise RunOvertaken
    run.batches.set(brought.batches)
    actor = run.asked_by.user if run.asked_by else None
    events.record(
        "connection.synced",
        subject=f"connections:{run.connection_id}",
        actor=actor,
        connection_id=run.connection_id,
        run_id=run.pk,
    )


def _read_and_bring(run: SyncRun, full: bool, progress: Progress) -> None:
    connection = run.connection
    plan = _plan(connection, full)
    rows = {stream: Arriving(fields) for stream, fields in plan.fields.items()}
    cursors = _read(run, plan, rows, progress)
    with transaction.atomic():
        now = timezone.now()
        bringing = Bringing(connection.pk, now, run.asked_by.user if run.asked_by else None)
        _require_unchanged(connection, bringing, plan)
        readings = {
            stream: Reading(arrived, is_whole=not plan.cursors[stream], is_asked=full)
            for stream, arrived in rows.items()
        }
        brought = bringing.bring(readings, {stream: (cursors[stream], plan.fields[stream]) for stream in rows})
        end_run(run, brought, sum(arrived.read for arrived in rows.values()))
        succeeded(run, now)


def _plan(connection: Connection, full: bool) -> _Plan:
    fields = fields_in_use(rules_of(connection))
    return _Plan(fields, {stream: _cursor(connection, stream, names, full) for stream, names in fields.items()})


def _cursor(connection: Connection, stream: str, fields: set[str], full: bool) -> dict[str, Any]:
    """Where to go on; from the beginning where that is asked for, or where rows here lack a field now in use."""
    kept = connection.cursor.get(stream, {})
    settings = connection.settings.get("streams", {})
    is_whole = full or (isinstance(settings, dict) and bool(settings.get(stream, {}).get("full")))
    return {} if is_whole or not fields <= set(kept.get("fields", ())) else dict(kept.get("at") or {})


def _read(run: SyncRun, plan: _Plan, rows: Mapping[str, Arriving], progress: Progress) -> dict[str, dict[str, Any]]:
    """Read all streams into `rows`, outside of any transaction; returns how far each was read."""
    at = {stream: dict(cursor) for stream, cursor in plan.cursors.items()}
    seen = timezone.now()
    with closing(open_connector(run.connection)) as source:
        source.probe()
        for stream, arrived in rows.items():
            for page in source.read(stream, plan.cursors[stream]):
                arrived.add(page.rows)
                at[stream] = page.cursor
                progress(arrived.read, max(page.total or 0, arrived.read))
                seen = _sign(run, seen)
    return at


def _sign(run: SyncRun, seen: datetime) -> datetime:
    """Give a sign of life now and then. Raises RunOvertaken where another run has taken this one's place."""
    now = timezone.now()
    if now - seen < _SIGN:
        return seen
    if not SyncRun.objects.filter(pk=run.pk, state=SyncRun.State.RUNNING).update(seen_at=now):
        raise RunOvertaken
    return now


def _require_unchanged(connection: Connection, bringing: Bringing, plan: _Plan) -> None:
    """Raises ConnectionChangedMeanwhile where what was read no longer fits how the connection is set up now."""
    needed = fields_in_use(bringing.rules)
    has_all = all(names <= plan.fields.get(stream, set()) for stream, names in needed.items())
    if bringing.connection.edition != connection.edition or not has_all:
        raise ConnectionChangedMeanwhile(source=connection.source.name)


def _nothing(_done: int, _total: int) -> None:
    """Nobody watches."""
