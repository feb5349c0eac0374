"""Trees in a list: each with the newest value of its result, its target and its light."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from accord.domain.periods import Frequency, Period
from accord.domain.status import Light, light_of
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.queries.driver_trees.histories import LAST, histories_of
from accord.metrics.queries.values import last_periods


@dataclass(frozen=True)
class TreeSummary:
    """A tree and its result in the newest period that has a value; `line` is the last thirteen periods."""

    tree: DriverTree
    root: DriverNode
    period: Period | None
    value: Decimal | None
    target: Decimal | None
    light: Light | None
    line: tuple[Decimal | None, ...]


def summaries_of(trees: Sequence[DriverTree]) -> list[TreeSummary]:
    """One for each tree, in their order: one statement, and three for each frequency among them."""
    roots = DriverNode.objects.select_related("metric").filter(tree__in=trees, parent=None)
    by_tree = {root.tree_id: root for root in roots}
    alike: defaultdict[int, list[DriverTree]] = defaultdict(list)
    for tree in trees:
        alike[tree.frequency].append(tree)
    found: dict[int, TreeSummary] = {}
    for frequency, some in alike.items():
        running = last_periods(Frequency(frequency), 1)[0]
        histories = histories_of([by_tree[tree.pk] for tree in some], running, LAST + 1)
        for tree in some:
            root = by_tree[tree.pk]
            history = histories.nodes[root.pk]
            found[tree.pk] = _summary(tree, root, histories.periods, history.values, history.targets)
    return [found[tree.pk] for tree in trees]


def _summary(
    tree: DriverTree,
    root: DriverNode,
    periods: Sequence[Period],
    values: Sequence[Decimal | None],
    targets: Sequence[Decimal | None],
) -> TreeSummary:
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return TreeSummary(tree, root, None, None, targets[-1], None, ())
    newest = known[-1]
    value, target = values[newest], targets[newest]
    is_down = root.metric.direction == Metric.Direction.DOWN
    light = light_of(value, target, is_down) if value is not None and target is not None else None
    return TreeSummary(tree, root, periods[newest], value, target, light, tuple(values[: newest + 1][-LAST:]))
