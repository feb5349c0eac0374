"""A fact of a report: one KPI of somebody with its numbers, frozen as plain JSON that names where each came from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from accord.metrics.models import Metric, Series

Fact = dict[str, Any]


def number(period: int, value: Decimal, target: Decimal | None, light: int | None = None) -> Fact:
    """A value of a period with its target and light; with the series of its fact it names its origin."""
    return {
        "period": period,
        "value": f"{value:f}",
        "target": None if target is None else f"{target:f}",
        "light": light,
    }


def fact(series: Series, now: Fact, then: Fact | None = None, **more: Any) -> Fact:
    """What a report says about a series (with metric, employee and unit at hand)."""
    subject = series.employee or series.org_unit
    return {
        "who": subject.name if subject else "",
        "employee": series.employee_id,
        "unit": series.org_unit_id,
        "series": series.pk,
        "metric": metric_as_json(series.metric),
        "now": now,
        "then": then,
        **more,
    }


def metric_as_json(metric: Metric) -> Fact:
    """As much of a metric as writing its values takes."""
    return {
        "id": metric.pk,
        "name": metric.name,
        "name_en": metric.name_en,
        "unit": metric.unit,
        "decimals": metric.decimals,
        "direction": metric.direction,
    }


def metric_of(told: Fact) -> Metric:
    """The metric as it was written then."""
    named = {name: told[name] for name in ("name", "name_en", "unit", "decimals", "direction")}
    return Metric(pk=told["id"], **named)


def series_by_id(keys: Iterable[int]) -> dict[int, Series]:
    """Some series with their metrics, people and units; one statement."""
    full = Series.objects.select_related("metric", "employee", "org_unit")
    return {series.pk: series for series in full.filter(pk__in=set(keys))}
