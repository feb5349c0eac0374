"""What can be split: metrics that add up, and products of them, as shipped and as in driver trees."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from accord.domain.decomposition.schedules import ending_within
from accord.domain.decomposition.units import scale
from accord.domain.periods import Frequency
from accord.goals.models import Cycle
from accord.metrics.models import DriverNode, Metric
from accord.metrics.shipped import shipped_products
from accord.people.models import OrgUnit


@dataclass(frozen=True)
class Splittable:
    """A metric to split, by itself or as the product of factors. `code` names it in a form."""

    metric: Metric
    factors: tuple[Metric, ...] = ()

    @property
    def code(self) -> str:
        return "-".join(str(metric.pk) for metric in (self.metric, *self.factors))


def splittables(roots: QuerySet[OrgUnit]) -> list[Splittable]:
    """Products whose metrics are all in the library and those of driver trees first, then every metric that adds up."""
    metrics = {metric.name: metric for metric in Metric.objects.filter(is_active=True).order_by("name", "id")}
    products = [
        Splittable(metrics[name], tuple(metrics[factor] for factor in factors))
        for name, factors in shipped_products()
        if {name, *factors} <= metrics.keys()
    ]
    sums = [metric for metric in metrics.values() if metric.aggregation == Metric.Aggregation.SUM]
    known = {product.code: product for product in (*products, *_products_in_trees(roots))}
    return [*known.values(), *(Splittable(metric) for metric in sums)]


def _products_in_trees(roots: QuerySet[OrgUnit]) -> list[Splittable]:
    """The products of measured factors in the driver trees of some units and of those above them. Two statements."""
    parts = DriverNode.objects.select_related("metric").order_by("place", "id")
    nodes = DriverNode.objects.filter(
        kind=DriverNode.Kind.PRODUCT, tree__is_active=True, tree__org_unit__below__descendant__in=roots.values("pk")
    )
    nodes = nodes.select_related("metric").prefetch_related(Prefetch("children", parts)).distinct().order_by("id")
    return [product for node in nodes if (product := _as_product(node)) is not None]


def _as_product(node: DriverNode) -> Splittable | None:
    """A product whose one factor that adds up comes first; None where it cannot be split so, or converts otherwise."""
    parts = list(node.children.all())
    volumes = [part.metric for part in parts if part.metric.aggregation == Metric.Aggregation.SUM]
    rates = [part.metric for part in parts if part.metric.aggregation != Metric.Aggregation.SUM]
    is_measured = all(part.kind == DriverNode.Kind.LEAF and part.org_unit_id == node.org_unit_id for part in parts)
    in_use = all(each.is_active for each in (node.metric, *volumes, *rates))
    if len(volumes) != 1 or not rates or not is_measured or not in_use:
        return None
    factors = (*volumes, *rates)
    return (
        Splittable(node.metric, factors)
        if node.scale == scale(node.metric.unit, [each.unit for each in factors])
        else None
    )


def cycle_choices(today: date) -> QuerySet[Cycle]:
    """The cycles that have not ended, the earliest first."""
    return Cycle.objects.filter(ends_on__gte=today).order_by("starts_on", "id")


def periods_of(cycle: Cycle, metric: Metric) -> range:
    """The periods of a metric that belong to a cycle."""
    return ending_within(cycle.starts_on, cycle.ends_on, Frequency(metric.frequency))
