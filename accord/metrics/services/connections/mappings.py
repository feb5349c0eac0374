"""The rules by which the rows of a source become values of metrics."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.foundation.services.events import record
from accord.metrics.errors.connections import MappingMovedOn, MetricMappedAlready
from accord.metrics.models import Connection, Metric, MetricMapping
from accord.people.models import Employee


@transaction.atomic
def add_mapping(
    connection: Connection, stream: str, metric: Metric, rule: Mapping[str, Any], actor: Employee
) -> MetricMapping:
    """Take `metric` from the rows of a stream. Raises MetricMappedAlready."""
    mapping, made = MetricMapping.objects.get_or_create(
        connection=connection, metric=metric, defaults={"stream": stream, "rule": rule}
    )
    if not made:
        raise MetricMappedAlready(metric=metric.name)
    _record_saved(mapping, actor)
    return mapping


@transaction.atomic
def change_mapping(
    mapping: MetricMapping, version: int, stream: str, rule: Mapping[str, Any], actor: Employee
) -> None:
    """Take the metric by another rule from the next run on. Raises MappingMovedOn where somebody changed it first."""
    if (mapping.stream, mapping.rule) == (stream, rule) and mapping.version == version:
        return
    seen = MetricMapping.objects.filter(pk=mapping.pk, version=version)
    if not seen.update(stream=stream, rule=rule, version=F("version") + 1):
        raise MappingMovedOn(metric=mapping.metric.name)
    _record_saved(mapping, actor)


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


def _record_saved(mapping: MetricMapping, actor: Employee) -> None:
    record(
        "mapping.saved",
        subject=f"connections:{mapping.connection_id}",
        actor=actor.user,
        connection_id=mapping.connection_id,
        mapping_id=mapping.pk,
        metric_id=mapping.metric_id,
    )
