"""What a new tree can begin with."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.db.models import QuerySet

from accord.domain.decomposition.units import scale
from accord.metrics.models import DriverNode, Metric
from accord.metrics.shipped import shipped_products


def products_of_library(frequency: int) -> list[tuple[Metric, tuple[Metric, ...]]]:
    """The shipped products, with their factors, of which all metrics are in use with this frequency."""
    products = shipped_products()
    names = {name for metric, factors in products for name in (metric, *factors)}
    metrics = {each.name: each for each in Metric.objects.filter(name__in=names, is_active=True, frequency=frequency)}
    return [
        (metrics[name], tuple(metrics[factor] for factor in factors))
        for name, factors in products
        if {name, *factors} <= metrics.keys()
    ]


def all_products() -> list[tuple[Metric, tuple[Metric, ...]]]:
    """The same, whatever their frequency, as long as all metrics of a product have one."""
    return [product for frequency in Metric.Rhythm for product in products_of_library(frequency)]


def metrics_in_use() -> QuerySet[Metric]:
    """The metrics in use, by name."""
    return Metric.objects.filter(is_active=True).order_by("name", "id")


def suggested_scale(node: DriverNode, factors: Sequence[int]) -> Decimal:
    """What a product of metrics would be multiplied by, by their units: % and 元 make 万元 with 0.000001."""
    metrics = Metric.objects.in_bulk(factors)
    return scale(node.metric.unit, [metrics[factor].unit for factor in factors])
