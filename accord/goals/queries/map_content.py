"""The map of a position between its rows and the domain."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Prefetch

from accord.domain.position_map import MapKpi, MapOutput, PositionMap
from accord.domain.wording import Text
from accord.goals.models import CoreOutput, RecommendedKpi
from accord.people.models import Position


def map_of(position: Position) -> PositionMap:
    """What the map says of a position today; empty where it has none."""
    return read_rows(outputs_of(position))


def outputs_of(position: Position) -> list[CoreOutput]:
    """The rows of a position's map with their KPIs and metrics: two statements."""
    kpis = RecommendedKpi.objects.select_related("metric").order_by("order", "id")
    outputs = CoreOutput.objects.filter(position=position).order_by("order", "id")
    return list(outputs.prefetch_related(Prefetch("recommended_kpis", kpis)))


def read_rows(outputs: Iterable[CoreOutput]) -> PositionMap:
    """The same from rows that were read with their KPIs and metrics."""
    return PositionMap(
        tuple(
            MapOutput(
                name=Text(output.name, output.name_en),
                serves=Text(output.serves, output.serves_en),
                kpis=tuple(map(_kpi, output.recommended_kpis.all())),
            )
            for output in outputs
        )
    )


def _kpi(row: RecommendedKpi) -> MapKpi:
    return MapKpi(
        metric=row.metric_id,
        name=Text(row.metric.name, row.metric.name_en),
        why=Text(row.reason, row.reason_en),
        target=row.target,
        threshold=row.threshold,
        source=row.source,
        movable=row.is_movable,
    )
