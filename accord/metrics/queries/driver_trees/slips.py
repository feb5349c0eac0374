"""Which driver slipped, since when, who owns it, and what happened last time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.periods import Period
from accord.domain.status import is_missed
from accord.metrics.models import DriverTarget, Measurement, Metric
from accord.metrics.queries.driver_trees.views import NodeView, TreeView
from accord.people.models import Employee, OrgUnit

LOOKED_BACK = 104
"""How many periods are looked back over for the beginning and for the time before."""
# Two periods short of a target in a row are worth remembering; so many declines are needed to be more than noise.
_LEAST_SHORT, _LEAST_DECLINES = 2, 3


@dataclass(frozen=True)
class Episode:
    """A stretch in which a driver was short before: from when to when, its worst value, and when it was well again."""

    since: Period
    until: Period
    worst: Decimal
    worst_period: Period
    recovered: Period | None


@dataclass(frozen=True)
class Slip:
    """The driver that pulled the root down most. `periods` of them in a row, `since` the first.

    `is_against_target` says whether it is short of its target or, where it is not or has none, got worse from period to
    period. `owner` is whoever owns the node, else the head of the unit that does.
    """

    node: NodeView
    amount: Decimal
    since: Period
    periods: int
    is_against_target: bool
    owner: Employee | None
    owner_unit: OrgUnit | None
    last_time: Episode | None


def slip_of(view: TreeView) -> Slip | None:
    """The driver with the contribution worst for the root; None where nothing pulled it the wrong way."""
    down = view.root.metric.direction == Metric.Direction.DOWN
    drivers = [(step.node, -step.amount if down else step.amount) for step in view.steps if step.node]
    node, worst = min(drivers, key=lambda each: each[1], default=(None, Decimal(0)))
    if node is None or worst >= 0:
        return None
    values = _values(node, view.period)
    is_short = _is_short(node, node.target)
    bad = _below_target(node, values) if is_short else _worse_than_before(node, values)
    since = view.period
    while (since - 1).key in bad and bad[(since - 1).key]:
        since -= 1
    return Slip(
        node=node,
        amount=-worst if down else worst,
        since=since,
        periods=view.period.key - since.key + 1,
        is_against_target=is_short,
        owner=node.node.owner or (node.node.owner_unit.head if node.node.owner_unit else None),
        owner_unit=node.node.owner_unit,
        last_time=_last_time(
            node,
            values,
            {period for period, is_bad in bad.items() if is_bad and period < since.key},
            _LEAST_SHORT if is_short else _LEAST_DECLINES,
        ),
    )


def _is_short(node: NodeView, target: Decimal | None, value: Decimal | None = None) -> bool:
    value = node.value if value is None else value
    down = node.metric.direction == Metric.Direction.DOWN
    return value is not None and target is not None and is_missed(value, target, down)


def _values(node: NodeView, period: Period) -> dict[int, Decimal]:
    periods = range(period.key - LOOKED_BACK, period.key + 1)
    rows = Measurement.objects.filter(period__in=periods, series=node.series or 0)
    return dict(rows.order_by("period").values_list("period", "value"))


def _below_target(node: NodeView, values: Mapping[int, Decimal]) -> dict[int, bool]:
    """For each period with a value, whether it missed the target that was in force then."""
    rows = DriverTarget.objects.filter(node=node.pk).order_by("from_period", "id").values_list("from_period", "value")
    targets = dict(rows)
    begins = sorted(targets)
    found = {}
    for period, value in values.items():
        place = bisect_right(begins, period)
        found[period] = bool(place) and _is_short(node, targets[begins[place - 1]], value)
    return found


def _worse_than_before(node: NodeView, values: Mapping[int, Decimal]) -> dict[int, bool]:
    return {
        period: _is_short(node, values[period - 1], value) for period, value in values.items() if period - 1 in values
    }


def _last_time(node: NodeView, values: Mapping[int, Decimal], bad: Collection[int], least: int) -> Episode | None:
    """The latest stretch of at least so many bad periods in a row."""
    stretches: list[list[int]] = []
    for period in sorted(bad):
        if stretches and stretches[-1][-1] == period - 1:
            stretches[-1].append(period)
        else:
            stretches.append([period])
    last = next((stretch for stretch in reversed(stretches) if len(stretch) >= least), None)
    if last is None:
        return None
    choose = max if node.metric.direction == Metric.Direction.DOWN else min
    worst = choose(last, key=lambda period: values[period])
    after = last[-1] + 1
    return Episode(
        since=Period(last[0]),
        until=Period(last[-1]),
        worst=values[worst],
        worst_period=Period(worst),
        recovered=Period(after) if after in values else None,
    )
