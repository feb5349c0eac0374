"""Who may open the pages of driver trees: whoever sees the unit looks; its head and HR partners change."""

from __future__ import annotations

from typing import Any

from accord.metrics.tests.tree_pages.builders import Grown, grow
from tests.cast import Cast
from tests.ladder import NO_SUCH_ID, Ladder

# 李经理 is head of the unit, 王HRBP its partner, 陈总 sees everything.
CHANGE = ("manager_li", "hrbp_wang")
LOOK = (*CHANGE, "executive_chen")
OUTSIDE = ("xiaozhang", "colleague", "stranger", "stranger_manager", "administrator", "auditor")


class OfATree(Ladder):
    may_open = LOOK
    hidden_from = OUTSIDE

    def make(self, cast: Cast) -> Grown:
        return grow(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.tree.pk]


class OfAPart(OfATree):
    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.tree.pk, self.thing.nodes["转化率"].pk]


class Changed(OfATree):
    may_open = CHANGE
    refused_to = ("executive_chen",)
    wrong_verbs = ("delete", "put")


class TestTrees(Ladder):
    url_name = "metrics:trees"
    may_open = (*LOOK, "xiaozhang")
    hidden_from = ()


class TestNewTree(Ladder):
    url_name = "metrics:tree_new"
    may_open = ("executive_chen", "hrbp_wang")
    hidden_from = ()
    refused_to = OUTSIDE
    wrong_verbs = ("delete", "put")


class TestTree(OfATree):
    url_name = "metrics:tree"


class TestPart(OfAPart):
    url_name = "metrics:tree_node"


class TestPartOfAnotherTree(OfAPart):
    """A part is only found below its own tree."""

    url_name = "metrics:tree_node"

    def make(self, cast: Cast) -> Grown:
        self.other = grow(cast, unit=cast.east, name="另一棵")
        return super().make(cast)

    def unknown_args(self, cast: Cast) -> list[Any]:
        return [self.thing.tree.pk, self.other.nodes["转化率"].pk]


class TestTargets(OfATree):
    url_name = "metrics:tree_targets"
    wrong_verbs = ("delete", "put")


class TestEdit(Changed):
    url_name = "metrics:tree_edit"


class TestEditPart(Changed, OfAPart):
    url_name = "metrics:tree_node_edit"


class TestTakeApart(Changed, OfAPart):
    url_name = "metrics:tree_node_apart"


class Posted(Changed):
    method = "post"
    may_open = ("manager_li",)
    wrong_verbs = ("get", "delete")

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": self.thing.tree.edition}


class TestMove(Posted, OfAPart):
    url_name = "metrics:tree_node_move"

    def payload(self, cast: Cast) -> dict[str, Any]:
        return super().payload(cast) | {"parent": self.thing.nodes["GMV"].pk, "place": 0}


class TestRemove(Posted, OfAPart):
    url_name = "metrics:tree_node_remove"


class TestRetire(Posted):
    url_name = "metrics:tree_retire"


class TestSetTargets(Posted):
    url_name = "metrics:tree_targets"
    wrong_verbs = ("put", "delete")

    def payload(self, cast: Cast) -> dict[str, Any]:
        return super().payload(cast) | {f"target-{self.thing.nodes['客单价'].pk}": "210"}

    def unknown_args(self, cast: Cast) -> list[Any]:
        return [NO_SUCH_ID]
