"""What driver trees offer to be split: products of measured factors, the volume first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from accord.goals.queries.decomposition.choices import splittables
from accord.goals.services.decomposition.starting import start
from accord.goals.tests.split.builders import Shop, recommend, shop
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.metrics.services.driver_trees import NodeDraft, make_tree
from accord.people.models import OrgUnit
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(cast: Cast) -> Shop:
    return shop(cast, {"北美组": 2})


def tree(made: Shop, cast: Cast, unit: OrgUnit, places: str = "012", scale: str = "0.000001") -> None:
    """A tree of a metric that no shipped product has: what was ordered; `places` are the factors in their order."""
    top = Metric.objects.create(name="订单额", unit="万元")
    leaves = tuple(NodeDraft(made.factors[int(place)].pk, unit.pk) for place in places)
    draft = NodeDraft(top.pk, unit.pk, DriverNode.Kind.PRODUCT, leaves, Decimal(scale))
    make_tree("订单额", unit, draft, cast.executive_chen)


def offered(unit: OrgUnit) -> list[list[str]]:
    """The names of the factors of what is offered to the head of a unit."""
    known = splittables(OrgUnit.objects.filter(pk=unit.pk))
    return [[each.name for each in one.factors] for one in known if one.metric.name == "订单额" and one.factors]


def test_a_tree_of_the_unit_is_offered_with_the_volume_first(made: Shop, cast: Cast) -> None:
    tree(made, cast, made.shop, places="120")
    assert offered(made.shop) == [["访客数", "转化率", "客单价"]]


def test_a_tree_of_a_unit_above_is_offered_too_and_of_another_unit_not(made: Shop, cast: Cast) -> None:
    tree(made, cast, cast.company)
    assert offered(made.groups["北美组"]) == [["访客数", "转化率", "客单价"]]
    DriverTree.objects.update(org_unit=cast.service)
    assert offered(made.shop) == []


@pytest.mark.parametrize(
    ("places", "scale"),
    [
        ("12", "1"),  # nothing that adds up
        ("012", "1"),  # converted otherwise than the split would
    ],
)
def test_what_cannot_be_split_so_is_not_offered(made: Shop, cast: Cast, places: str, scale: str) -> None:
    tree(made, cast, made.shop, places, scale)
    assert offered(made.shop) == []


def test_a_tree_out_of_use_offers_nothing(made: Shop, cast: Cast) -> None:
    tree(made, cast, made.shop)
    DriverTree.objects.update(is_active=False)
    assert offered(made.shop) == []


def test_it_is_split_like_a_shipped_one(made: Shop, cast: Cast) -> None:
    tree(made, cast, made.shop)
    what = next(one for one in splittables(OrgUnit.objects.filter(pk=made.shop.pk)) if one.metric.name == "订单额")
    recommend("店铺运营", what.metric)
    begun = start(made.cycle, made.shop, what, Decimal(120), cast.executive_chen)
    assert begun.settings["factors"] == [factor.pk for factor in made.factors]
