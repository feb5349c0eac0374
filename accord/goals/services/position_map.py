"""The position → KPI map that the product ships, put into an empty organisation."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from accord.domain.periods import Frequency
from accord.domain.position_map import MapKpi, MapOutput, PositionMap
from accord.domain.wording import Text
from accord.goals.services.map_versions import lay_down
from accord.goals.shipped import shipped_families, shipped_metrics
from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.people.models import Position, PositionFamily

_FREQUENCY = {"day": Frequency.DAY, "week": Frequency.WEEK, "month": Frequency.MONTH, "quarter": Frequency.QUARTER}


@transaction.atomic
def install_shipped_map() -> None:
    """Create the shipped families, positions, metrics and recommendations; a company that has a map keeps its own."""
    if PositionFamily.objects.exists():
        return
    metrics = ensure_metrics([_definition(name, entry) for name, entry in shipped_metrics().items()])
    for family in shipped_families():
        row = PositionFamily.objects.create(code=family["code"], name=family["name"], name_en=family["en"])
        for position in family["position"]:
            _install_position(row, position, metrics)


def _install_position(family: PositionFamily, entry: dict[str, Any], metrics: dict[str, Metric]) -> None:
    position, _ = Position.objects.get_or_create(name=entry["name"])
    position.name_en, position.family = entry["en"], family
    position.save(update_fields=["name_en", "family"])
    lay_down(position, PositionMap(tuple(_output(output, metrics) for output in entry["output"])), 1)


def _output(entry: dict[str, Any], metrics: dict[str, Metric]) -> MapOutput:
    kpis = tuple(_kpi(kpi, metrics[kpi["metric"]]) for kpi in entry["kpis"])
    return MapOutput(Text(entry["name"], entry["en"]), Text(entry["serves"], entry["serves_en"]), kpis)


def _kpi(entry: dict[str, Any], metric: Metric) -> MapKpi:
    target, threshold = (Decimal(entry[level]) if level in entry else None for level in ("target", "threshold"))
    name, why = Text(metric.name, metric.name_en), Text(entry["why"], entry["en"])
    return MapKpi(metric=metric.pk, name=name, why=why, target=target, threshold=threshold)


def _definition(name: str, entry: dict[str, Any]) -> MetricDefinition:
    return MetricDefinition(
        name=name,
        name_en=entry["en"],
        unit=entry.get("unit", ""),
        direction=Metric.Direction.DOWN if entry.get("down") else Metric.Direction.UP,
        decimals=entry.get("decimals", 0),
        frequency=_FREQUENCY[entry.get("every", "week")],
        aggregation=entry.get("by", "sum"),
        source=entry["source"],
    )
