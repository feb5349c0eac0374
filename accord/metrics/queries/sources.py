"""Reads for the pages of sources. Every list asks the same number of questions however long it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery

from accord.metrics.models import AllowedHost, Connection, Freshness, Identity, Metric, MetricMapping, SyncRun

RUNS_PER_PAGE = 20


@dataclass(frozen=True)
class SourceLine:
    """A source in the list: its last run, what it feeds, and until when its numbers reach."""

    connection: Connection
    run: SyncRun | None
    metrics: tuple[Metric, ...]
    until: int | None
    waiting: int


def source_lines(connections: Sequence[Connection]) -> list[SourceLine]:
    """What the list says of each of `connections` (with their sources at hand)."""
    keys = [connection.pk for connection in connections]
    runs = {run.connection_id: run for run in SyncRun.objects.filter(pk__in=_newest_runs(keys))}
    feeds: dict[int, list[Metric]] = {}
    for mapping in MetricMapping.objects.filter(connection__in=keys).select_related("metric").order_by("id"):
        feeds.setdefault(mapping.connection_id, []).append(mapping.metric)
    waiting = dict(
        waiting_identities().filter(connection__in=keys).values_list("connection").annotate(Count("id")).order_by()
    )
    until = _until([connection.source_id for connection in connections])
    return [
        SourceLine(
            connection,
            runs.get(connection.pk),
            tuple(feeds.get(connection.pk, ())),
            until.get(connection.source_id),
            waiting.get(connection.pk, 0),
        )
        for connection in connections
    ]


def _newest_runs(keys: Sequence[int]) -> list[int]:
    newest = SyncRun.objects.filter(connection=OuterRef("pk")).order_by("-started_at", "-id").values("pk")[:1]
    found = Connection.objects.filter(pk__in=keys).annotate(run=Subquery(newest)).values_list("run", flat=True)
    return [pk for pk in found if pk is not None]


def _until(sources: Sequence[int]) -> dict[int, int]:
    """The newest period of each source, by its key; of several frequencies the shortest, which is the freshest."""
    rows = Freshness.objects.filter(source__in=sources).order_by("-metric__frequency", "period")
    return dict(rows.values_list("source_id", "period"))


def waiting_identities() -> QuerySet[Identity]:
    """The names that nobody has resolved yet, those with the most rows first."""
    waiting = Identity.objects.filter(employee=None, org_unit=None, is_ignored=False)
    return waiting.order_by("-rows", "name", "id")


def resolved_identities(connection: Connection) -> QuerySet[Identity]:
    """The names that somebody resolved by hand, the latest first."""
    known = Identity.objects.filter(connection=connection, resolved_at__isnull=False)
    return known.select_related("employee", "org_unit", "resolved_by").order_by("-resolved_at", "-id")


def runs_of(connection: Connection) -> QuerySet[SyncRun]:
    """The runs of a source, the latest first."""
    return connection.runs.select_related("asked_by").order_by("-started_at", "-id")


def mappings_of(connection: Connection) -> QuerySet[MetricMapping]:
    """The rules of a source with their metrics."""
    return connection.mappings.select_related("metric").order_by("id")


def allowed_hosts() -> QuerySet[AllowedHost]:
    """The hosts of the private network that may be read."""
    return AllowedHost.objects.select_related("allowed_by").order_by("host", "port")


def is_running(connection: Connection) -> bool:
    """Whether the source is being read right now."""
    return connection.runs.filter(state=SyncRun.State.RUNNING).exists()
