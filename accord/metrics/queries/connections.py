"""How the sources of metrics are doing, and what was landed of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accord.domain.row_mapping import KEY
from accord.foundation.error_catalogue import told
from accord.metrics.connectors.registry import KINDS
from accord.metrics.models import Connection, Metric, MetricMapping, SourceRow


@dataclass(frozen=True)
class Trouble:
    """A source that cannot be read: since when, and why in a sentence of the current language."""

    connection_id: int
    source: str
    since: datetime
    code: str
    sentence: str


def trouble_of(metrics: Iterable[Metric | int]) -> dict[int, Trouble]:
    """The trouble of each of `metrics` whose source fails, by metric; the longest where there are two."""
    keys = [metric if isinstance(metric, int) else metric.pk for metric in metrics]
    failing = (
        MetricMapping.objects.filter(metric__in=keys, connection__failing_since__isnull=False)
        .select_related("connection__source")
        .order_by("-connection__failing_since")
    )
    return {
        mapping.metric_id: _trouble(mapping.connection, since)
        for mapping in failing
        if (since := mapping.connection.failing_since)
    }


def connections_to_read(name: str | None) -> list[Connection]:
    """The connection of the source with this name, whether it runs or not; without a name all that run and are read,
    not those that send their rows.
    """
    connections = Connection.objects.exclude(state=Connection.State.ARCHIVED)
    connections = connections.select_related("source", "owner__user").order_by("source__name")
    if name:
        return list(connections.filter(source__name=name))
    pushed = [code for code, kind in KINDS.items() if kind.is_pushed]
    return list(connections.filter(state=Connection.State.ACTIVE).exclude(kind__in=pushed))


def explain_failure(failure: dict[str, Any] | None) -> str:
    """The sentence of `SyncRun.failure` or `Connection.failure` in the current language; "" without one."""
    return told(failure["code"], failure.get("values", {}))[0] if failure else ""


def landed_sample(connection: Connection, stream: str, most: int = 20) -> list[dict[str, Any]]:
    """The newest rows that were landed of a stream, for sources that send theirs and cannot be asked for some."""
    rows = SourceRow.objects.filter(connection=connection, stream=stream, fields__isnull=False).order_by("-pk")[:most]
    return [{**(row.fields or {}), KEY: row.key, "_link": row.link} for row in rows]


def _trouble(connection: Connection, since: datetime) -> Trouble:
    failure = connection.failure or {}
    code, sentence = failure.get("code", ""), explain_failure(connection.failure)
    return Trouble(connection.pk, connection.source.name, since, code, sentence)
