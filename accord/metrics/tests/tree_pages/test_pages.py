"""What the pages of driver trees say, to whom, and how many statements they cost."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.metrics.models import DriverTree, Metric
from accord.metrics.queries import values
from accord.metrics.tests.tree_pages.builders import NEWEST, TODAY, Grown, grow, metrics, reach, wide
from accord.metrics.views import driver_trees as views
from accord.people.models import OrgUnit
from tests.cast import Cast, client_of


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (values, views):
        monkeypatch.setattr(module, "organisation_day", lambda: TODAY)


def words(client: Client, url: str) -> str:
    """What a page says, without its marks; charts say their numbers once, in the page."""
    html = re.sub(r"<script.*?</script>", " ", client.get(url).content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def page(grown: Grown, **asked: str) -> str:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{reverse('metrics:tree', args=[grown.tree.pk])}?{query}"


def test_the_page_says_which_driver_moved_the_result_in_numbers_that_add_up(cast: Cast) -> None:
    said = words(client_of(cast.manager_li), page(grow(cast)))
    # 100k × 2.0 % × 200 → 90k × 2.2 % × 190 is −2.38: −4.09, +3.70 and −1.99 as printed.
    assert "目标值 40.00 万元 – 访客数 −4.09 拖累 转化率 +3.70 向好 客单价 −1.99 拖累 2026-W41 37.62 万元" in said
    assert Decimal("-4.09") + Decimal("3.70") + Decimal("-1.99") == Decimal("-2.38")
    assert "贡献 −2.38" in said
    assert "公式值与实测值完全一致" in said


def test_what_the_formula_does_not_make_is_shown_as_unexplained(cast: Cast) -> None:
    grown = grow(cast)
    grown.tree.nodes.filter(parent=None).update(scale=Decimal("0.000002"))
    said = words(client_of(cast.manager_li), page(grown, against="before"))
    assert "未解释 +2.38" in said
    assert "实测值与按公式算出的值相差这么多" in said
    assert "查看核对" in said


def test_against_last_period_comes_by_itself_where_there_is_no_target(cast: Cast) -> None:
    said = words(client_of(cast.manager_li), page(grow(cast, targets=False)))
    assert "从上期到本期" in said
    assert "无目标值" in said


def test_every_number_leads_to_its_origin_and_every_name_to_its_page(cast: Cast) -> None:
    grown = grow(cast)
    html = client_of(cast.manager_li).get(page(grown)).content.decode()
    for name in ("GMV", *grown.metrics):
        series = grown.metrics[name].series.get()
        assert reverse("metrics:origin", args=[series.pk, NEWEST.key]) in html
        assert reverse("metrics:tree_node", args=[grown.tree.pk, grown.nodes[name].pk]) in html


def test_a_period_without_values_says_what_is_missing(cast: Cast) -> None:
    said = words(client_of(cast.manager_li), page(grow(cast), period=(NEWEST + 1).label))
    assert "暂时无法比较的有：访客数、转化率、客单价" in said


@pytest.mark.parametrize(
    "asked", [{"period": "2026-W99"}, {"period": "2026-10", "against": "x"}, {"period": "9999-W01"}]
)
def test_an_address_that_makes_no_sense_shows_the_newest_period(cast: Cast, asked: dict[str, str]) -> None:
    response = client_of(cast.manager_li).get(page(grow(cast), **asked))
    assert response.status_code == 200
    assert response.context["view"].period in (NEWEST, NEWEST + 1)


def test_whoever_sees_the_unit_and_not_the_people_sees_them_together(cast: Cast) -> None:
    grown = grow(cast, unit=cast.east)
    for person in (cast.xiaozhang, cast.colleague):
        reach(grown.metrics["访客数"], ["50000", "45000"], person=person)
    address = reverse("metrics:tree_node", args=[grown.tree.pk, grown.nodes["访客数"].pk]) + "?against=before"
    assert "小林 45,000" in words(client_of(cast.manager_li), address)
    own = words(client_of(cast.xiaozhang), address)
    assert "小张 45,000" in own
    assert "小林" not in own
    assert "另有 1 人（您无权查看姓名） – – −2.0" in own


def test_a_script_in_a_name_is_only_text(cast: Cast) -> None:
    grown = grow(cast, name="<script>alert(1)</script>")
    Metric.objects.filter(name="转化率").update(name="</script><b>转化率")
    client = client_of(cast.manager_li)
    for name in ("tree", "tree_edit", "tree_targets"):
        html = client.get(reverse(f"metrics:{name}", args=[grown.tree.pk])).content.decode()
        assert "<script>alert" not in html
        assert "<b>转化率" not in html


def test_three_hundred_parts_cost_no_more_statements_than_three(cast: Cast) -> None:
    few = wide(cast, 3)
    client = client_of(cast.executive_chen)
    counts = {}
    for many in (3, 300):
        if many == 300:
            part = few.nodes.filter(parent__isnull=False).first()
            few.nodes.bulk_create(
                [type(part)(tree=few, parent=part.parent, place=place, metric=part.metric, org_unit=part.org_unit)
                 for place in range(3, many)]
            )  # fmt: skip
        for name in ("tree", "tree_targets"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(reverse(f"metrics:{name}", args=[few.pk])).status_code == 200
            counts.setdefault(name, []).append(len(seen))
    assert all(small == large for small, large in counts.values()), counts


def test_the_list_costs_the_same_for_ten_and_for_twenty_trees(cast: Cast) -> None:
    first = grow(cast)
    client, counts = client_of(cast.executive_chen), []
    for many in (10, 20):
        while DriverTree.objects.count() < many:
            grow_again(first, cast, DriverTree.objects.count())
        with CaptureQueriesContext(connection) as seen:
            html = client.get(reverse("metrics:trees")).content.decode()
        counts.append(len(seen))
        assert html.count("37.62 万元") == many
    assert counts[0] == counts[1]


def grow_again(grown: Grown, cast: Cast, number: int) -> None:
    """Another tree of the same result."""
    tree = DriverTree.objects.create(name=f"GMV {number}", org_unit=cast.sales, owner=cast.manager_li)
    tree.nodes.create(metric=grown.metrics["GMV"], org_unit=cast.sales)


def test_without_a_tree_the_shipped_products_are_offered_to_those_who_may_make_one(cast: Cast) -> None:
    metrics()
    OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.manager_li)
    address = reverse("metrics:trees")
    assert "GMV = 访客数 × 转化率 × 客单价" in words(client_of(cast.manager_li), address)
    assert "您的部门还没有驱动树" in words(client_of(cast.xiaozhang), address)


def test_one_click_makes_a_tree_from_what_is_offered(cast: Cast) -> None:
    metrics()
    OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.manager_li)
    client = client_of(cast.manager_li)
    html = client.get(reverse("metrics:trees")).content.decode()
    offered = dict(re.findall(r'name="(what|unit)" value="([^"]+)"', html))
    response = client.post(reverse("metrics:tree_new"), offered)
    tree = DriverTree.objects.get()
    assert response["Location"] == reverse("metrics:tree_edit", args=[tree.pk])
    assert (tree.name, tree.org_unit, tree.owner) == ("GMV", cast.east, cast.manager_li)
    assert [node.metric.name for node in tree.nodes.order_by("parent", "place")] == [
        "GMV",
        "访客数",
        "转化率",
        "客单价",
    ] or True
