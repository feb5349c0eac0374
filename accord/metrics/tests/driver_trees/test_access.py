"""Who may see and change a tree."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accord.domain.periods import Period
from accord.foundation.models import User
from accord.metrics.access.driver_trees import (
    tree_for,
    tree_rights_of,
    tree_to_change,
    unit_to_make_tree_for,
    units_to_make_trees_for,
    visible_trees,
)
from accord.metrics.models import DriverTree
from accord.metrics.queries.own_trees import own_data
from accord.metrics.services.driver_trees import NodeDraft, make_tree, retire_tree, set_targets
from accord.metrics.tests.driver_trees.builders import node_of, store_metrics, store_tree
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(cast: Cast) -> DriverTree:
    cast.east.head = cast.manager_li
    cast.east.save()
    return store_tree(cast)


def test_whoever_may_see_the_numbers_of_the_unit_sees_its_tree(tree: DriverTree, cast: Cast) -> None:
    for name in ("xiaozhang", "colleague", "manager_li", "hrbp_wang", "executive_chen"):
        person = getattr(cast, name)
        assert tree_for(person.user, tree.pk) == tree, name
        assert list(visible_trees(person.user)) == [tree], name
    for name in ("stranger", "stranger_manager", "administrator", "auditor"):
        person = getattr(cast, name)
        assert not visible_trees(person.user).exists(), name
        with pytest.raises(Http404):
            tree_for(person.user, tree.pk)


def test_partner_head_and_owner_change_it_and_others_look(tree: DriverTree, cast: Cast) -> None:
    for name in ("manager_li", "hrbp_wang"):
        assert tree_to_change(getattr(cast, name).user, tree.pk)[0] == tree
    for name in ("xiaozhang", "executive_chen"):
        with pytest.raises(PermissionDenied):
            tree_to_change(getattr(cast, name).user, tree.pk)
    tree.owner = cast.xiaozhang
    tree.save()
    assert tree_to_change(cast.xiaozhang.user, tree.pk)[1] == cast.xiaozhang


def test_the_companys_tree_is_the_executives(cast: Cast) -> None:
    draft = NodeDraft(store_metrics()["GMV"].pk, cast.company.pk)
    tree = make_tree("公司", cast.company, draft, cast.executive_chen)
    assert tree_to_change(cast.executive_chen.user, tree.pk)[0] == tree
    with pytest.raises(PermissionDenied):
        tree_to_change(cast.administrator.user, tree.pk)


def test_trees_are_made_for_units_that_one_speaks_for(tree: DriverTree, cast: Cast) -> None:
    assert list(units_to_make_trees_for(cast.manager_li.user)) == [cast.east]
    assert list(units_to_make_trees_for(cast.hrbp_wang.user)) == [cast.sales, cast.east]
    assert list(units_to_make_trees_for(cast.executive_chen.user)) == [cast.company]
    assert unit_to_make_tree_for(cast.manager_li.user, cast.east.pk) == (cast.east, cast.manager_li)
    with pytest.raises(PermissionDenied):
        unit_to_make_tree_for(cast.xiaozhang.user, cast.east.pk)
    with pytest.raises(Http404):
        unit_to_make_tree_for(cast.stranger.user, cast.east.pk)


def test_a_retired_tree_leaves_the_list_and_can_still_be_looked_at(tree: DriverTree, cast: Cast) -> None:
    retire_tree(tree, 1, cast.hrbp_wang)
    assert not visible_trees(cast.hrbp_wang.user).exists()
    assert tree_for(cast.hrbp_wang.user, tree.pk) == tree


def test_people_take_along_what_they_answer_for_and_set(tree: DriverTree, cast: Cast) -> None:
    rate = node_of(tree, "转化率")
    rate.owner = cast.xiaozhang
    rate.save()
    set_targets(tree, 1, cast.hrbp_wang, {rate.pk: Decimal("2.5")}, Period.parse("2026-W10"))
    named = {"tree": "华东组 GMV", "metric": "转化率", "unit": "远航电商/销售部/华东组"}
    assert own_data(cast.xiaozhang.user) == {"answers_for": [named], "targets_set": []}
    (target,) = own_data(cast.hrbp_wang.user)["targets_set"]
    assert (target["from"], target["value"]) == ("2026-W10", "2.5")


def test_an_account_without_employment_has_no_rights(db: None) -> None:
    with pytest.raises(Http404):
        tree_rights_of(User.objects.create_user("robot", "robot@example.com", "secret"))
