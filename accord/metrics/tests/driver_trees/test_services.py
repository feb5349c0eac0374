"""Making, changing, giving targets to and retiring a driver tree."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from accord.domain.periods import Period
from accord.foundation.errors import BusinessError
from accord.foundation.models import Event
from accord.metrics.errors import driver_trees as errors
from accord.metrics.models import DriverNode, DriverTarget, DriverTree
from accord.metrics.services.driver_trees import (
    NodeDraft,
    change_tree,
    draft_of_tree,
    edit_node,
    make_tree,
    move_node,
    remove_node,
    retire_tree,
    set_targets,
    take_apart,
)
from accord.metrics.tests.driver_trees.builders import node_of, store_metrics, store_tree
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Kind = DriverNode.Kind


@pytest.fixture
def tree(cast: Cast) -> DriverTree:
    return store_tree(cast)


def outline(tree: DriverTree) -> list[tuple[int, str, str]]:
    """Every node, each before its parts: depth, metric and kind."""
    names = {node.pk: node.metric.name for node in tree.nodes.select_related("metric")}
    return [(depth, names[draft.pk or 0], str(draft.kind)) for draft, depth in draft_of_tree(tree).walk()]


def test_a_product_begins_with_the_scale_that_its_units_ask_for(tree: DriverTree, cast: Cast) -> None:
    assert outline(tree) == [
        (0, "GMV", "product"),
        (1, "访客数", "leaf"),
        (1, "转化率", "leaf"),
        (1, "客单价", "leaf"),
    ]
    assert node_of(tree, "GMV").scale == Decimal("0.000001")
    fact = Event.objects.get(name="driver_tree.made")
    assert (fact.actor_id, fact.payload) == (cast.hrbp_wang.user_id, {"tree_id": tree.pk, "org_unit_id": cast.east.pk})


def test_a_part_is_taken_apart_moved_and_taken_out(tree: DriverTree, cast: Cast) -> None:
    visitors, metrics = node_of(tree, "访客数"), store_metrics()
    half = NodeDraft(metrics["访客数"].pk, cast.east.pk)
    take_apart(tree, 1, cast.hrbp_wang, visitors.pk, [half, half], kind=Kind.SUM)
    assert [line[:2] for line in outline(tree)] == [
        (0, "GMV"),
        (1, "访客数"),
        (2, "访客数"),
        (2, "访客数"),
        (1, "转化率"),
        (1, "客单价"),
    ]
    move_node(tree, 2, cast.hrbp_wang, node_of(tree, "客单价").pk, tree.nodes.get(parent=None).pk, 0)
    assert [name for depth, name, _ in outline(tree) if depth == 1] == ["客单价", "访客数", "转化率"]
    move_node(tree, 3, cast.hrbp_wang, node_of(tree, "转化率").pk, visitors.pk, 1)
    assert [name for depth, name, _ in outline(tree) if depth == 2] == ["访客数", "转化率", "访客数"]
    remove_node(tree, 4, cast.hrbp_wang, visitors.pk)
    assert outline(tree) == [(0, "GMV", "product"), (1, "客单价", "leaf")]
    remove_node(tree, 5, cast.hrbp_wang, node_of(tree, "客单价").pk)
    assert outline(tree) == [(0, "GMV", "leaf")]
    assert Event.objects.filter(name="driver_tree.changed").count() == 5


def test_a_node_that_stays_keeps_its_targets_whatever_moves(tree: DriverTree, cast: Cast) -> None:
    order = node_of(tree, "客单价")
    set_targets(tree, 1, cast.hrbp_wang, {order.pk: Decimal("190.5")}, Period.parse("2030-W10"))
    root = draft_of_tree(tree)
    change_tree(tree, 2, cast.hrbp_wang, replace(root, children=tuple(reversed(root.children))), name=" 新 名字 ")
    assert DriverTarget.objects.get(node=order.pk).value == Decimal("190.5")
    tree.refresh_from_db()
    assert (tree.name, tree.edition) == ("新 名字", 3)


def test_a_node_becomes_another(tree: DriverTree, cast: Cast) -> None:
    root = tree.nodes.get(parent=None)
    edit_node(
        tree,
        1,
        cast.hrbp_wang,
        root.pk,
        metric=root.metric_id,
        org_unit=root.org_unit_id,
        kind=Kind.LEAF,
        scale=Decimal(1),
        owner_unit=cast.east.pk,
        owner=cast.manager_li.pk,
    )
    assert outline(tree) == [(0, "GMV", "leaf")]
    root.refresh_from_db()
    assert (root.owner_id, root.owner_unit_id) == (cast.manager_li.pk, cast.east.pk)


def test_the_second_of_two_who_saw_the_same_edition_changes_nothing(tree: DriverTree, cast: Cast) -> None:
    same = DriverTree.objects.select_related("org_unit").get(pk=tree.pk)
    remove_node(tree, 1, cast.hrbp_wang, node_of(tree, "客单价").pk)
    for late in (
        lambda: remove_node(same, 1, cast.manager_li, node_of(tree, "转化率").pk),
        lambda: retire_tree(same, 1, cast.manager_li),
        lambda: set_targets(same, 1, cast.manager_li, {}, Period.parse("2030-W10")),
    ):
        with pytest.raises(errors.TreeChanged):
            late()
    assert outline(tree) == [(0, "GMV", "product"), (1, "访客数", "leaf"), (1, "转化率", "leaf")]


def test_a_retired_tree_stays_as_it_is(tree: DriverTree, cast: Cast) -> None:
    retire_tree(tree, 1, cast.hrbp_wang)
    with pytest.raises(errors.TreeRetired):
        retire_tree(tree, 2, cast.hrbp_wang)
    assert not DriverTree.objects.get(pk=tree.pk).is_active


def refused(expected: type[BusinessError], tree: DriverTree, cast: Cast, root: NodeDraft) -> None:
    before = outline(tree)
    with pytest.raises(expected) as caught:
        change_tree(tree, tree.edition, cast.hrbp_wang, root)
    assert str(caught.value)
    assert caught.value.advice()
    assert outline(tree) == before
    tree.refresh_from_db()


def test_what_no_tree_can_be_is_refused_and_nothing_is_written(tree: DriverTree, cast: Cast) -> None:
    root, metrics = draft_of_tree(tree), store_metrics()
    leaf = NodeDraft(metrics["访客数"].pk, cast.east.pk)
    stranger = NodeDraft(metrics["访客数"].pk, cast.service.pk)
    monthly = NodeDraft(metrics["月访客"].pk, cast.east.pk)
    first = root.children[0]
    refused(errors.WrongNumberOfParts, tree, cast, replace(root, kind=Kind.RATIO))
    refused(errors.WrongNumberOfParts, tree, cast, replace(root, kind=Kind.MEAN))
    refused(errors.WrongNumberOfParts, tree, cast, replace(root, children=()))
    refused(errors.UnitOutside, tree, cast, replace(root, children=(stranger,)))
    refused(errors.MetricDoesNotFit, tree, cast, replace(root, children=(monthly,)))
    refused(errors.MetricGone, tree, cast, replace(root, children=(NodeDraft(10**9, cast.east.pk),)))
    refused(errors.ScaleNotAbove, tree, cast, replace(root, scale=Decimal(0)))
    refused(errors.NodeGone, tree, cast, replace(root, children=(first, first)))
    refused(errors.NodeGone, tree, cast, replace(root, children=(replace(leaf, pk=10**9),)))
    refused(errors.RootStays, tree, cast, replace(leaf, kind=Kind.SUM, children=(root,)))
    refused(errors.TooManyNodes, tree, cast, replace(root, children=(leaf,) * 501))


def test_nodes_that_are_not_there_any_more_and_places_that_cannot_be(tree: DriverTree, cast: Cast) -> None:
    root, visitors = tree.nodes.get(parent=None).pk, node_of(tree, "访客数").pk
    with pytest.raises(errors.NodeGone):
        remove_node(tree, 1, cast.hrbp_wang, 10**9)
    with pytest.raises(errors.NodeGone):
        move_node(tree, 1, cast.hrbp_wang, 10**9, root, 0)
    with pytest.raises(errors.NodeGone):
        move_node(tree, 1, cast.hrbp_wang, visitors, 10**9, 0)
    with pytest.raises(errors.RootStays):
        remove_node(tree, 1, cast.hrbp_wang, root)
    with pytest.raises(errors.BelowItself):
        move_node(tree, 1, cast.hrbp_wang, root, visitors, 0)


def test_a_unit_has_each_name_once(tree: DriverTree, cast: Cast) -> None:
    draft = NodeDraft(node_of(tree, "访客数").metric_id, cast.east.pk)
    with pytest.raises(errors.TreeNameTaken):
        make_tree("华东组 GMV", cast.east, draft, cast.hrbp_wang)
    with pytest.raises(errors.TreeNameMissing):
        make_tree("  ", cast.east, draft, cast.hrbp_wang)
    other = make_tree("另一棵", cast.east, draft, cast.hrbp_wang, owner=cast.manager_li)
    with pytest.raises(errors.TreeNameTaken):
        change_tree(other, 1, cast.hrbp_wang, draft_of_tree(other), name="华东组 GMV")
    assert other.owner == cast.manager_li


def test_targets_are_added_and_only_those_that_were_confirmed(tree: DriverTree, cast: Cast) -> None:
    visitors, order = node_of(tree, "访客数"), node_of(tree, "客单价")
    period = Period.parse("2030-W10")
    set_targets(tree, 1, cast.hrbp_wang, {visitors.pk: Decimal(400_000)}, period)
    set_targets(tree, 2, cast.hrbp_wang, {visitors.pk: Decimal(410_000)}, period)
    rows = DriverTarget.objects.order_by("id").values_list("node_id", "value", "from_period", "set_by")
    who = cast.hrbp_wang.user_id
    assert list(rows) == [(visitors.pk, 400_000, period.key, who), (visitors.pk, 410_000, period.key, who)]
    fact = Event.objects.filter(name="driver_tree.targets_set").latest("pk")
    assert fact.payload == {"tree_id": tree.pk, "edition": 3, "nodes": [visitors.pk], "from_period": period.key}
    with pytest.raises(errors.TargetTooEarly):
        set_targets(tree, 3, cast.hrbp_wang, {visitors.pk: Decimal(1)}, Period.parse("2020-W01"))
    with pytest.raises(errors.TargetTooEarly):
        set_targets(tree, 3, cast.hrbp_wang, {order.pk: Decimal(1)}, Period.parse("2030-03"))
    with pytest.raises(errors.NoTargets):
        set_targets(tree, 3, cast.hrbp_wang, {}, period)
    with pytest.raises(errors.NodeGone):
        set_targets(tree, 3, cast.hrbp_wang, {10**9: Decimal(1)}, period)
    with pytest.raises(errors.TargetUnusable):
        set_targets(tree, 3, cast.hrbp_wang, {order.pk: Decimal("1e30")}, period)
    assert tree.edition == 3
    first = set_targets(tree, 3, cast.hrbp_wang, {order.pk: Decimal(190)}, Period.parse("2020-W01"))
    assert first[0].value == 190
