"""Reads of driver trees: what moved a result, who moved it, which driver slipped, and the same in sentences."""

from accord.metrics.queries.driver_trees.breaking_down import Breakdown, Share, breakdown
from accord.metrics.queries.driver_trees.choices import products_of_library
from accord.metrics.queries.driver_trees.retargeting import TargetLine, TargetPlan, target_plan
from accord.metrics.queries.driver_trees.sentences import sentences
from accord.metrics.queries.driver_trees.slips import Episode, Slip, slip_of
from accord.metrics.queries.driver_trees.views import NodeView, Step, TreeView, tree_view

__all__ = [
    "Breakdown",
    "Episode",
    "NodeView",
    "Share",
    "Slip",
    "Step",
    "TargetLine",
    "TargetPlan",
    "TreeView",
    "breakdown",
    "products_of_library",
    "sentences",
    "slip_of",
    "target_plan",
    "tree_view",
]
