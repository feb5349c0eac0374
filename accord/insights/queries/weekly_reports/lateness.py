"""Numbers that do not reach as far as they should, and sources that cannot be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Max

from accord.alerts.services.sql import Statement
from accord.domain.periods import Frequency, Period
from accord.goals.queries.kpis import targets_in_force
from accord.insights.queries.weekly_reports.facts import Fact, metric_as_json
from accord.insights.queries.weekly_reports.groups import ReaderGroup
from accord.metrics.models import Connection, Metric, MetricMapping

_SQL = """
    WITH reach AS (<reach>), targets AS (<targets>)
    SELECT DISTINCT r.reader_id, s.metric_id
    FROM reach r CROSS JOIN series s CROSS JOIN targets t
    WHERE s.id = r.series_id AND t.series_id = r.series_id AND s.metric_id IN (<metrics>)
    ORDER BY r.reader_id, s.metric_id
"""


def late_metrics(group: ReaderGroup) -> Mapping[int, list[Fact]]:
    """The metrics of each reader's people whose data end too early or whose source fails: four statements at most."""
    late = _late(group)
    if not late:
        return {}
    found: defaultdict[int, list[Fact]] = defaultdict(list)
    keys = Statement(", ".join(["%s"] * len(late)), tuple(late))
    for frequency in {Frequency(fact["frequency"]) for fact in late.values()}:
        targets = Statement.of(targets_in_force(_expected(group, frequency).key).values_list("series_id"))
        filled = Statement(_SQL).fill("<reach>", group.reach()).fill("<targets>", targets).fill("<metrics>", keys)
        for reader, metric in filled.rows():
            if late[metric]["frequency"] == frequency:
                found[reader].append(late[metric])
    return found


def _late(group: ReaderGroup) -> dict[int, Fact]:
    """Every metric that once had values and has none of the period that ended last, or whose source fails."""
    failing = {
        mapping.metric_id: mapping.connection
        for mapping in MetricMapping.objects.filter(connection__failing_since__isnull=False)
        .exclude(connection__state=Connection.State.PAUSED)
        .select_related("connection__source")
    }
    metrics = Metric.objects.filter(is_active=True).annotate(until=Max("freshness__period")).exclude(until=None)
    return {
        metric.pk: _fact(metric, failing.get(metric.pk))
        for metric in metrics.order_by("name")
        if metric.pk in failing or metric.until < _expected(group, Frequency(metric.frequency)).key
    }


def _expected(group: ReaderGroup, frequency: Frequency) -> Period:
    """The newest period of a frequency that was over when the week was."""
    return Period.of(group.monday, frequency) - 1


def _fact(metric: Metric, connection: Connection | None) -> Fact:
    return {
        "metric": metric_as_json(metric),
        "frequency": int(metric.frequency),
        "until": getattr(metric, "until"),  # noqa: B009 (annotated)
        "source": connection.source.name if connection else metric.source,
        "failing_since": connection.failing_since.isoformat() if connection and connection.failing_since else None,
    }
