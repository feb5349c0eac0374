"""What metrics knows about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from accord.domain.periods import Period
from accord.foundation.models import User
from accord.metrics.models import Identity, Measurement, MeasurementRevision, Series
from accord.metrics.queries.values import periods_with_values


def own_data(user: User) -> list[dict[str, Any]]:
    """The person's own series with all values, where each came from, and the values that were replaced."""
    series = list(Series.objects.filter(employee__user=user).select_related("metric").order_by("metric__name"))
    values, revisions = _values(Measurement, series), _values(MeasurementRevision, series)
    return [
        {
            "metric": each.metric.name,
            "unit": each.metric.unit,
            "values": values.get(each.pk, []),
            "replaced_values": revisions.get(each.pk, []),
        }
        for each in series
    ]


def own_source_names(user: User) -> list[dict[str, Any]]:
    """What sources call the person, in how many rows that are kept, and which of their fields are kept."""
    identities = Identity.objects.filter(employee__user=user).select_related("connection__source")
    return [
        {
            "source": each.connection.source.name,
            "called": each.name,
            "rows": each.rows,
            "fields_kept": sorted({name for kept in each.connection.cursor.values() for name in kept["fields"]}),
        }
        for each in identities.order_by("connection__source__name", "name")
    ]


def _values(
    model: type[Measurement] | type[MeasurementRevision], series: list[Series]
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = {}
    rows = model._default_manager.filter(period__in=periods_with_values(), series__in=series)
    for row in rows.select_related("batch__source").order_by("period", "batch_id").iterator(1000):
        value = {
            "period": Period(row.period).label,
            "value": f"{row.value:f}",
            "source": row.batch.source.name,
            "received_at": row.batch.received_at,
        }
        found.setdefault(row.series_id, []).append(value)
    return found
