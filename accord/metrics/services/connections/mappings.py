"""The rules by which the rows of a source become values of metrics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.foundation.services.events import record
from accord.metrics.errors.connections import MappingMovedOn, MetricMappedAlready
from accord.metrics.models import Connection, Metric, MetricMapping
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.services.sync import remap
from accord.people.models import Employee


@dataclass(frozen=True)
class Wanted:
    """A metric to take from the rows of a stream: one of the library, or a new one as it is described."""

    stream: str
    rule: Mapping[str, Any]
    metric: Metric | MetricDefinition


@transaction.atomic
def take_metric(connection: Connection, wanted: Wanted, actor: Employee) -> MetricMapping:
    """Take a metric from a source; a new one joins the library. Raises MetricMappedAlready."""
    metric = wanted.metric
    if isinstance(metric, MetricDefinition):
        metric = ensure_metrics([metric], actor.user)[metric.name]
    mapping, made = MetricMapping.objects.get_or_create(
        connection=connection, metric=metric, defaults={"stream": wanted.stream, "rule": wanted.rule}
    )
    if not made:
        raise MetricMappedAlready(metric=metric.name)
    _follow(mapping, actor)
    return mapping


@transaction.atomic
def take_metrics(connection: Connection, wanted: Sequence[Wanted], actor: Employee) -> int:
    """Take several metrics at once; return how many."""
    return len([take_metric(connection, each, actor) for each in wanted])


@transaction.atomic
def change_mapping(mapping: MetricMapping, version: int, stream: str, rule: Mapping[str, Any], actor: Employee) -> None:
    """Take the metric by another rule. Raises MappingMovedOn where somebody changed it first."""
    if (mapping.stream, mapping.rule) == (stream, rule) and mapping.version == version:
        return
    seen = MetricMapping.objects.filter(pk=mapping.pk, version=version)
    if not seen.update(stream=stream, rule=rule, version=F("version") + 1):
        raise MappingMovedOn(metric=mapping.metric.name)
    mapping.refresh_from_db()
    _follow(mapping, actor)


@transaction.atomic
def remove_mapping(mapping: MetricMapping, actor: Employee) -> None:
    """Take the metric from this source no longer. Values that it has brought stay with their origin."""
    connection_id, metric_id = mapping.connection_id, mapping.metric_id
    deleted, _ = MetricMapping.objects.filter(pk=mapping.pk).delete()
    if deleted:
        record(
            "mapping.removed",
            subject=f"connections:{connection_id}",
            actor=actor.user,
            connection_id=connection_id,
            metric_id=metric_id,
        )


def _follow(mapping: MetricMapping, actor: Employee) -> None:
    """Record the rule, and count the rows that are here already by it."""
    record(
        "mapping.saved",
        subject=f"connections:{mapping.connection_id}",
        actor=actor.user,
        connection_id=mapping.connection_id,
        mapping_id=mapping.pk,
        metric_id=mapping.metric_id,
    )
    if mapping.connection.rows.exists():
        remap(mapping, actor.user)
