"""What a new tree can begin with."""

from __future__ import annotations

from accord.metrics.models import Metric
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
