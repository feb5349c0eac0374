"""Driver trees: made, changed, given targets, put out of use."""

from accord.metrics.services.driver_trees.changing import (
    change_tree,
    edit_node,
    move_node,
    remove_node,
    retire_tree,
    take_apart,
)
from accord.metrics.services.driver_trees.drafts import NodeDraft, draft_of_product, draft_of_tree
from accord.metrics.services.driver_trees.making import make_tree
from accord.metrics.services.driver_trees.targets import set_targets

__all__ = [
    "NodeDraft",
    "change_tree",
    "draft_of_product",
    "draft_of_tree",
    "edit_node",
    "make_tree",
    "move_node",
    "remove_node",
    "retire_tree",
    "set_targets",
    "take_apart",
]
