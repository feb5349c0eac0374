"""A tree of 华东组 with values of a few weeks, as the tests of driver trees need it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from accord.domain.periods import Period
from accord.metrics.models import DriverNode, DriverTarget, DriverTree, Metric
from accord.metrics.services.driver_trees import draft_of_product, make_tree
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.tests.builders import bring
from tests.cast import Cast

WEEK = Period.parse("2026-W41")
TARGETS = {"GMV": "200", "访客数": "400000", "转化率": "2.5", "客单价": "200"}


def store_metrics() -> dict[str, Metric]:
    """GMV and the three it is made of, and a monthly metric that fits nowhere."""
    return ensure_metrics(
        [
            MetricDefinition("GMV", name_en="GMV", unit="万元", decimals=2),
            MetricDefinition("访客数", name_en="Visitors", unit="人", decimals=0),
            MetricDefinition("转化率", name_en="Conversion", unit="%", decimals=2, aggregation="mean"),
            MetricDefinition("客单价", name_en="Order value", unit="元", decimals=2, aggregation="mean"),
            MetricDefinition("月访客", frequency=3),
        ]
    )


def store_tree(cast: Cast) -> DriverTree:
    """GMV of 华东组 as a product of measured factors."""
    metrics = store_metrics()
    draft = draft_of_product(metrics["GMV"], [metrics[name] for name in ("访客数", "转化率", "客单价")], cast.east)
    return make_tree("华东组 GMV", cast.east, draft, cast.hrbp_wang)


def with_targets(tree: DriverTree, period: Period, targets: Mapping[str, str] = TARGETS) -> DriverTree:
    """The same tree with targets from a period on, as if they had been set in time."""
    DriverTarget.objects.bulk_create(
        DriverTarget(node=node, from_period=period.key, value=Decimal(targets[node.metric.name]))
        for node in tree.nodes.select_related("metric")
        if node.metric.name in targets
    )
    return tree


def weeks(
    folder: Path, *rows: tuple[str, str, str], until: Period = WEEK, subject: str = ",远航电商/销售部/华东组"
) -> None:
    """Weeks of (visitors, conversion, order value) up to one, with the GMV that they make."""
    lines = []
    for back, (visitors, conversion, order) in enumerate(reversed(rows)):
        week = (until - back).label
        gmv = Decimal(visitors) * Decimal(conversion) * Decimal(order) / 1_000_000
        for metric, value in (("访客数", visitors), ("转化率", conversion), ("客单价", order), ("GMV", f"{gmv:.2f}")):
            lines.append(f"{subject},{metric},{week},{value}")
    bring(folder, *lines, name=f"{subject.strip(',').replace('/', '-')}.csv")


def node_of(tree: DriverTree, metric: str) -> DriverNode:
    return tree.nodes.get(metric__name=metric)
