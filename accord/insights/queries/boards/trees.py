"""The driver trees of a board's units: what moved the result, in sentences and as a waterfall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accord.domain.periods import Frequency, Period
from accord.foundation.components.charts import Step
from accord.foundation.language import readers_language
from accord.metrics.models import DriverTree
from accord.metrics.queries.driver_trees import TreeView, newest_period, sentences, slip_of, tree_view
from accord.metrics.queries.driver_trees.pictures import bars_of

MOST = 2


@dataclass(frozen=True)
class TreePanel:
    """One tree as a board shows it."""

    view: TreeView
    bars: Sequence[Step]
    sentences: Sequence[str]


def tree_panels(trees: Iterable[DriverTree], wanted: Period | None) -> list[TreePanel]:
    """The trees in the period asked for, where it is one of theirs, or in their newest; a few statements each."""
    return [_panel(tree, wanted) for tree in trees]


def _panel(tree: DriverTree, wanted: Period | None) -> TreePanel:
    is_theirs = wanted is not None and wanted.frequency is Frequency(tree.frequency)
    period = wanted if wanted is not None and is_theirs else newest_period(tree)
    view = tree_view(tree, period, "target")
    if view.root.target is None:
        view = tree_view(tree, period, "before")
    return TreePanel(view, bars_of(view), sentences(view, readers_language(), slip_of(view)))
