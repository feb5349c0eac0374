"""GMV of the sales department as visitors × conversion × order value, measured in two weeks, with targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accord.domain.periods import Frequency, Period
from accord.metrics.models import Batch, DriverNode, DriverTarget, DriverTree, Measurement, Metric, Series, Source
from accord.metrics.services.driver_trees import NodeDraft, draft_of_product, make_tree
from accord.people.models import Employee, OrgUnit
from tests.cast import Cast

TODAY = date(2026, 10, 14)
NEWEST = Period.of(TODAY, Frequency.WEEK) - 1
FACTORS = {"访客数": ["100000", "90000"], "转化率": ["2.0", "2.2"], "客单价": ["200", "190"]}
"""The worked example: 40 → 37.62 in 万元; −4.0878, +3.6978 and −1.9901 of which are the drivers'."""


@dataclass(frozen=True)
class Grown:
    """A tree of the sales department with its metrics and nodes by the name of the metric."""

    tree: DriverTree
    metrics: dict[str, Metric]
    nodes: dict[str, DriverNode]


def metrics() -> dict[str, Metric]:
    """GMV and its factors."""
    made = [
        Metric(name="GMV", unit="万元", decimals=2),
        Metric(name="访客数", unit="人", decimals=0),
        Metric(name="转化率", unit="%", decimals=2, aggregation="mean"),
        Metric(name="客单价", unit="元", decimals=2, aggregation="mean"),
    ]
    for metric in made:
        metric.save()
    return {metric.name: metric for metric in made}


def reach(
    metric: Metric, values: Sequence[str], *, unit: OrgUnit | None = None, person: Employee | None = None
) -> None:
    """What a unit or a person reached in the last periods, the newest last."""
    batch, _ = Batch.objects.get_or_create(source=Source.objects.get_or_create(name="ERP")[0])
    series, _ = Series.objects.get_or_create(metric=metric, org_unit=unit, employee=person)
    for back, value in enumerate(reversed(values)):
        Measurement.objects.create(period=(NEWEST - back).key, series=series, value=Decimal(value), batch=batch, row=2)


def grow(
    cast: Cast,
    *,
    unit: OrgUnit | None = None,
    name: str = "GMV",
    targets: bool = True,
    values: Mapping[str, Sequence[str]] = FACTORS,
    gmv: Sequence[str] = ("40", "37.62"),
) -> Grown:
    """The tree, measured and with targets that the first of its weeks has reached."""
    unit = unit or cast.sales
    OrgUnit.objects.filter(pk=unit.pk).update(head=cast.manager_li)
    unit.refresh_from_db()
    known = {metric.name: metric for metric in Metric.objects.all()} or metrics()
    draft = draft_of_product(known["GMV"], [known[factor] for factor in FACTORS], unit)
    tree = make_tree(name, unit, draft, cast.manager_li)
    nodes = {node.metric.name: node for node in tree.nodes.select_related("metric")}
    for factor, reached in values.items():
        reach(known[factor], reached, unit=unit)
    reach(known["GMV"], gmv, unit=unit)
    if targets:
        wanted = {"GMV": gmv[0], **{factor: reached[0] for factor, reached in values.items()}}
        for metric, value in wanted.items():
            DriverTarget.objects.create(node=nodes[metric], from_period=(NEWEST - 20).key, value=Decimal(value))
    return Grown(tree, known, nodes)


def wide(cast: Cast, many: int) -> DriverTree:
    """A sum of very many parts, none of them measured."""
    known = metrics()
    part = NodeDraft(known["访客数"].pk, cast.sales.pk, owner_unit=cast.sales.pk)
    root = NodeDraft(known["GMV"].pk, cast.sales.pk, DriverNode.Kind.SUM, (part,) * many)
    return make_tree("很宽的树", cast.sales, root, cast.executive_chen)
