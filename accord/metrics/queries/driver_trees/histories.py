"""What the parts of trees were over the last periods: measured values and the targets in force. Three statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.periods import Frequency, Period
from accord.metrics.models import DriverNode, DriverTarget, DriverTree, Measurement, Series
from accord.metrics.queries.values import last_periods

LAST = 13


@dataclass(frozen=True)
class NodeHistory:
    """One node over some periods: None where there is no value, or no target."""

    series: int | None
    values: tuple[Decimal | None, ...]
    targets: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Histories:
    """Nodes over the same periods, the oldest first."""

    periods: tuple[Period, ...]
    nodes: Mapping[int, NodeHistory]


def histories_of(nodes: Collection[DriverNode], until: Period, last: int = LAST) -> Histories:
    """The nodes, all of trees of one frequency, over the `last` periods up to one."""
    periods = tuple(until - back for back in range(last - 1, -1, -1))
    series = _series_of(nodes)
    values = _values(series.values(), periods)
    targets = _targets(nodes, until)
    return Histories(
        periods,
        {
            node.pk: NodeHistory(
                key := series.get((node.metric_id, node.org_unit_id)),
                tuple(values.get((key, period.key)) for period in periods),
                tuple(_in_force(targets[node.pk], period.key) for period in periods),
            )
            for node in nodes
        },
    )


def newest_period(tree: DriverTree) -> Period:
    """The newest of the last periods in which the result has a value; without any, the one before the running one."""
    periods = last_periods(Frequency(tree.frequency), LAST)
    root = tree.nodes.filter(parent=None).first()
    found = histories_of([root], periods[-1]).nodes[root.pk].values if root else ()
    known = [period for period, value in zip(periods, found, strict=False) if value is not None]
    return known[-1] if known else periods[-2]


def target_history(tree: DriverTree, most: int = 50) -> list[DriverTarget]:
    """What was set when and by whom, the newest first; the last `most` lines."""
    rows = DriverTarget.objects.filter(node__tree=tree).select_related("node__metric", "node__org_unit", "set_by")
    return list(rows.order_by("-set_at", "-id")[:most])


def _series_of(nodes: Collection[DriverNode]) -> dict[tuple[int, int], int]:
    metrics, units = {node.metric_id for node in nodes}, {node.org_unit_id for node in nodes}
    rows = Series.objects.filter(metric__in=metrics, org_unit__in=units).values_list("metric_id", "org_unit_id", "pk")
    return {(metric, unit): key for metric, unit, key in rows if unit is not None}


def _values(series: Collection[int], periods: Collection[Period]) -> dict[tuple[int | None, int], Decimal]:
    rows = Measurement.objects.filter(period__in=[period.key for period in periods], series__in=list(series))
    return {(key, period): value for key, period, value in rows.values_list("series_id", "period", "value")}


def _targets(nodes: Collection[DriverNode], until: Period) -> defaultdict[int, list[tuple[int, Decimal]]]:
    found: defaultdict[int, list[tuple[int, Decimal]]] = defaultdict(list)
    rows = DriverTarget.objects.filter(node__in=[node.pk for node in nodes], from_period__lte=until.key)
    for node, period, value in rows.order_by("from_period", "id").values_list("node_id", "from_period", "value"):
        found[node].append((period, value))
    return found


def _in_force(targets: list[tuple[int, Decimal]], period: int) -> Decimal | None:
    return next((value for since, value in reversed(targets) if since <= period), None)
