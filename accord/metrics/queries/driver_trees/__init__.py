"""Reads of driver trees: what moved a result, who moved it, which driver slipped, and the same in sentences."""

from accord.metrics.queries.driver_trees.breaking_down import Breakdown, Share, breakdown
from accord.metrics.queries.driver_trees.choices import (
    all_products,
    metrics_in_use,
    products_of_library,
    suggested_scale,
)
from accord.metrics.queries.driver_trees.histories import (
    Histories,
    NodeHistory,
    histories_of,
    newest_period,
    target_history,
)
from accord.metrics.queries.driver_trees.listing import TreeSummary, summaries_of
from accord.metrics.queries.driver_trees.outlines import (
    Fitness,
    Outlined,
    fitness_of,
    fitness_of_draft,
    nested_of,
    node_of,
    parts_of,
)
from accord.metrics.queries.driver_trees.retargeting import TargetLine, TargetPlan, target_plan
from accord.metrics.queries.driver_trees.sentences import sentences
from accord.metrics.queries.driver_trees.slips import Episode, Slip, slip_of
from accord.metrics.queries.driver_trees.views import NodeView, Step, TreeView, tree_view

__all__ = [
    "Breakdown",
    "Episode",
    "Fitness",
    "Histories",
    "NodeHistory",
    "NodeView",
    "Outlined",
    "Share",
    "Slip",
    "Step",
    "TargetLine",
    "TargetPlan",
    "TreeSummary",
    "TreeView",
    "all_products",
    "breakdown",
    "fitness_of",
    "fitness_of_draft",
    "histories_of",
    "metrics_in_use",
    "nested_of",
    "newest_period",
    "node_of",
    "parts_of",
    "products_of_library",
    "sentences",
    "slip_of",
    "suggested_scale",
    "summaries_of",
    "target_history",
    "target_plan",
    "tree_view",
]
