"""A tree in a period as its page draws it: waterfall, rows with lights, and the line of one node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext, ngettext

from accord.domain.status import light_of
from accord.foundation.components.charts import Step as Bar
from accord.foundation.components.charts import TreeNode, Trend
from accord.foundation.components.signs import light_code
from accord.metrics.models import DriverNode, Metric
from accord.metrics.queries.driver_trees.histories import Histories, NodeHistory
from accord.metrics.queries.driver_trees.views import NodeView, TreeView
from accord.metrics.templatetags.metrics import metric_name, quantity, signed

MOST_BARS = 10
_SIGNS = {DriverNode.Kind.PRODUCT: " × ", DriverNode.Kind.SUM: " + ", DriverNode.Kind.RATIO: " ÷ "}


@dataclass(frozen=True)
class Row:
    """A node in its place, with what it moved the result by, as printed, and its last thirteen periods."""

    view: NodeView
    name: str
    good: bool | None
    history: NodeHistory
    children: tuple[Row, ...]

    @property
    def mood(self) -> str:
        return {True: "good", False: "bad", None: "none"}[self.good]

    def formula(self) -> str:
        """The parts with their signs, where they are few enough to be read in a line."""
        names = [child.name for child in self.children]
        sign = _SIGNS.get(DriverNode.Kind(self.view.node.kind))
        return sign.join(names) if sign and 1 < len(names) <= 5 else ""

    def walk(self) -> Iterator[Row]:
        """This row and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


def is_for_the_better(metric: Metric, amount: Decimal | None) -> bool | None:
    """Whether a change of a metric is one for the better; None where nothing changed."""
    if not amount:
        return None
    return (amount > 0) is (metric.direction == Metric.Direction.UP)


def rows_of(view: TreeView, histories: Histories) -> Row:
    """The tree from the root down."""
    return _row(view.root, view, histories, view.tree.org_unit_id)


def name_in(node: DriverNode, org_unit: int) -> str:
    """A part of what is measured of a unit: its metric, with its own unit where that is another one."""
    name = metric_name(node.metric)
    return name if node.org_unit_id == org_unit else f"{node.org_unit.name} {name}"


def _row(node: NodeView, view: TreeView, histories: Histories, above: int) -> Row:
    here = node.node.org_unit_id
    children = tuple(_row(view.nodes[child], view, histories, here) for child in node.children)
    good = is_for_the_better(view.root.metric, node.contribution)
    return Row(node, name_in(node.node, above), good, histories.nodes[node.pk], children)


def bars_of(view: TreeView) -> list[Bar]:
    """The waterfall: what the result is compared with, what each driver brought, the residual, the result."""
    metric, root = view.root.node.metric, view.root
    if root.value is None or view.change is None or not view.steps:
        return []
    step = Decimal(1).scaleb(-metric.decimals)
    end = root.value.quantize(step, ROUND_HALF_UP)
    start = end - view.change
    first = gettext("Target") if view.against == "target" else (view.period - 1).label
    return [
        Bar(first, start, quantity(start, metric), "level"),
        *_parts(view, metric),
        Bar(view.period.label, end, quantity(end, metric), "level"),
    ]


def _parts(view: TreeView, metric: Metric) -> Iterator[Bar]:
    """The drivers in the order of the tree; of very many the largest, and the rest of them together."""
    drivers = [(step.node, step.amount) for step in view.steps if step.node is not None]
    largest = sorted(drivers, key=lambda driver: abs(driver[1]), reverse=True)[:MOST_BARS]
    if len(drivers) <= MOST_BARS + 1:
        largest = drivers
    shown = {node.pk for node, _ in largest}
    for node, amount in drivers:
        if node.pk in shown:
            name = name_in(node.node, view.root.node.org_unit_id)
            yield Bar(name, amount, signed(amount, metric), good=is_for_the_better(metric, amount))
    others = [amount for node, amount in drivers if node.pk not in shown]
    if others:
        name = ngettext("%(count)s other", "%(count)s others", len(others)) % {"count": len(others)}
        rest = sum(others, Decimal(0))
        yield Bar(name, rest, signed(rest, metric), good=is_for_the_better(metric, rest))
    for step in view.steps:
        if step.node is None:
            yield Bar(gettext("Unexplained"), step.amount, signed(step.amount, metric), "rest")


def chart_of(row: Row, root: Metric) -> TreeNode:
    """The same as a drawing; contributions are in the unit of the result."""
    metric = row.view.node.metric
    return TreeNode(
        name=row.name,
        value=quantity(row.view.value, metric),
        light=light_code(row.view.light),
        target=quantity(row.view.target, metric) if row.view.target is not None else "",
        contribution="" if row.view.contribution is None else signed(row.view.contribution, root),
        good=row.good,
        children=[chart_of(child, root) for child in row.children],
    )


def trend_of(node: DriverNode, histories: Histories) -> Trend:
    """The last thirteen periods of a node against its target."""
    history, metric = histories.nodes[node.pk], node.metric
    down = metric.direction == Metric.Direction.DOWN
    pairs = list(zip(history.values, history.targets, strict=True))
    lights = [None if value is None or target is None else light_of(value, target, down) for value, target in pairs]
    return Trend(
        periods=[period.label for period in histories.periods],
        name=metric_name(metric),
        values=[None if value is None else float(value) for value in history.values],
        lights=[light_code(light) for light in lights] if any(lights) else (),
        target_name=gettext("Target"),
        target=[None if target is None else float(target) for target in history.targets]
        if any(history.targets)
        else (),
        unit=metric.unit,
        decimals=metric.decimals,
    )
