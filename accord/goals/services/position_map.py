"""The position → KPI map that the product ships, put into an empty organisation."""

from typing import Any

from django.db import transaction

from accord.domain.periods import Frequency
from accord.goals.models import CoreOutput, RecommendedKpi
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
    for place, output in enumerate(entry["output"]):
        row = CoreOutput.objects.create(position=position, name=output["name"], name_en=output["en"], order=place)
        RecommendedKpi.objects.bulk_create(
            RecommendedKpi(
                core_output=row, metric=metrics[kpi["metric"]], reason=kpi["why"], reason_en=kpi["en"], order=order
            )
            for order, kpi in enumerate(output["kpis"])
        )


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
