"""What can be split: metrics that add up, and products of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accord.domain.decomposition.schedules import ending_within
from accord.domain.periods import Frequency
from accord.goals.models import Cycle
from accord.metrics.models import Metric
from accord.metrics.shipped import shipped_products


@dataclass(frozen=True)
class Splittable:
    """A metric to split, by itself or as the product of factors. `code` names it in a form."""

    metric: Metric
    factors: tuple[Metric, ...] = ()

    @property
    def code(self) -> str:
        return "-".join(str(metric.pk) for metric in (self.metric, *self.factors))


def splittables() -> list[Splittable]:
    """Products whose metrics are all in the library first, then every metric in use whose values add up."""
    metrics = {metric.name: metric for metric in Metric.objects.filter(is_active=True).order_by("name", "id")}
    products = [
        Splittable(metrics[name], tuple(metrics[factor] for factor in factors))
        for name, factors in shipped_products()
        if {name, *factors} <= metrics.keys()
    ]
    sums = [metric for metric in metrics.values() if metric.aggregation == Metric.Aggregation.SUM]
    return [*products, *(Splittable(metric) for metric in sums)]


def cycle_choices(today: date) -> QuerySet[Cycle]:
    """The cycles that have not ended, the earliest first."""
    return Cycle.objects.filter(ends_on__gte=today).order_by("starts_on", "id")


def periods_of(cycle: Cycle, metric: Metric) -> range:
    """The periods of a metric that belong to a cycle."""
    return ending_within(cycle.starts_on, cycle.ends_on, Frequency(metric.frequency))
