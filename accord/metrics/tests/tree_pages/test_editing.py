"""Changing a tree and its targets: checks before, stale editions, double clicks, keys of other trees."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.foundation.models import Event
from accord.metrics.forms import driver_targets as forms
from accord.metrics.models import DriverTarget, DriverTree, Metric
from accord.metrics.queries import values
from accord.metrics.services.driver_trees import targets as target_service
from accord.metrics.tests.tree_pages.builders import NEWEST, TODAY, Grown, grow, reach
from tests.cast import Cast, client_of


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (values, forms, target_service):
        monkeypatch.setattr(module, "organisation_day", lambda: TODAY)


@pytest.fixture
def grown(cast: Cast) -> Grown:
    return grow(cast)


@pytest.fixture
def head(cast: Cast, grown: Grown) -> Client:
    return client_of(cast.manager_li)


def post(client: Client, page: str, grown: Grown, part: str = "", **payload: Any) -> HttpResponse:
    keys = [grown.tree.pk, grown.nodes[part].pk] if part else [grown.tree.pk]
    return client.post(reverse(f"metrics:{page}", args=keys), {"edition": grown.tree.edition, **payload})


def outline(grown: Grown) -> list[str]:
    """The factors of the root, in their order."""
    root = grown.tree.nodes.get(parent=None)
    return [node.metric.name for node in root.children.select_related("metric").order_by("place")]


def test_a_part_moves_by_its_arrow_and_whoever_saw_the_old_order_is_told(grown: Grown, head: Client) -> None:
    root = grown.nodes["GMV"].pk
    post(head, "tree_node_move", grown, "转化率", parent=root, place=0)
    assert outline(grown) == ["转化率", "访客数", "客单价"]
    again = post(head, "tree_node_move", grown, "客单价", parent=root, place=0)
    assert again.status_code == 409
    assert "已被" in again.content.decode() or "修改" in again.content.decode()
    assert outline(grown) == ["转化率", "访客数", "客单价"]


@pytest.mark.parametrize("payload", [{"parent": "x", "place": "0"}, {"parent": "999999", "place": "0"}, {}])
def test_a_move_to_nowhere_changes_nothing(grown: Grown, head: Client, payload: dict[str, str]) -> None:
    response = post(head, "tree_node_move", grown, "转化率", **payload)
    assert response.status_code == 409
    assert outline(grown) == ["访客数", "转化率", "客单价"]


def test_the_conversion_is_checked_before_anything_is_kept(grown: Grown, head: Client) -> None:
    keys = {name: grown.nodes["GMV"].__dict__[f"{name}_id"] for name in ("metric", "org_unit")}
    typed = {**keys, "kind": "product", "scale": "0.0001"}
    said = post(head, "tree_node_edit", grown, "GMV", **typed, check="1").content.decode()
    assert "换算系数应为 0.000001" in said
    assert "3,762.00 万元" in said
    assert grown.tree.nodes.get(parent=None).scale == Decimal("0.000001")
    post(head, "tree_node_edit", grown, "GMV", **typed | {"scale": "0.000002"})
    assert grown.tree.nodes.get(parent=None).scale == Decimal("0.000002")


def test_drivers_are_put_below_a_part_which_is_a_ratio_then(grown: Grown, head: Client, cast: Cast) -> None:
    orders = Metric.objects.create(name="订单数", unit="单", decimals=0)
    reach(orders, ["2000", "1980"], unit=cast.sales)
    visitors = grown.metrics["访客数"]
    parts = {"metric-1": orders.pk, "metric-2": visitors.pk, "kind": "ratio", "scale": "100"}
    checked = post(head, "tree_node_apart", grown, "转化率", **parts, check="1").content.decode()
    assert "2.20%" in checked
    assert not Event.objects.filter(name="driver_tree.changed").exists()
    assert post(head, "tree_node_apart", grown, "转化率", **parts).status_code == 302
    below = grown.nodes["转化率"].children.order_by("place")
    assert [node.metric.name for node in below] == ["订单数", "访客数"]
    assert {node.owner_unit for node in below} == {cast.sales}


def test_a_ratio_of_three_is_refused_in_the_form(grown: Grown, head: Client) -> None:
    parts = {f"metric-{place}": grown.metrics["访客数"].pk for place in (1, 2, 3)}
    response = post(head, "tree_node_apart", grown, "转化率", **parts, kind="ratio", scale="1")
    assert response.status_code == 422
    assert not grown.nodes["转化率"].children.exists()


def test_a_metric_of_another_frequency_cannot_be_chosen(grown: Grown, head: Client) -> None:
    monthly = Metric.objects.create(name="月活", frequency=3)
    response = post(head, "tree_node_apart", grown, "转化率", **{"metric-1": monthly.pk, "kind": "sum", "scale": "1"})
    assert response.status_code == 422


def test_a_name_that_is_taken_comes_back_in_the_form(grown: Grown, head: Client, cast: Cast) -> None:
    DriverTree.objects.create(name="利润", org_unit=cast.sales)
    response = post(head, "tree_edit", grown, name="利润")
    assert response.status_code == 422
    assert DriverTree.objects.filter(name="GMV").exists()


def test_the_root_stays_and_a_tree_out_of_use_cannot_be_changed(grown: Grown, head: Client) -> None:
    assert post(head, "tree_node_remove", grown, "GMV").status_code == 422
    assert post(head, "tree_retire", grown).status_code == 302
    grown.tree.refresh_from_db()
    assert not grown.tree.is_active
    assert post(head, "tree_node_remove", grown, "客单价").status_code == 409
    assert head.get(reverse("metrics:tree", args=[grown.tree.pk])).status_code == 200


class TestTargets:
    def plan(self, client: Client, grown: Grown, **asked: Any) -> HttpResponse:
        asked = {"node": grown.nodes["转化率"].pk, "value": "2.5", "since": (NEWEST + 1).label, **asked}
        return client.get(reverse("metrics:tree_targets", args=[grown.tree.pk]), asked)

    def test_the_others_carry_a_target_and_nothing_is_kept_before_it_is_confirmed(self, grown, head) -> None:
        shown = self.plan(head, grown, keep="root")
        moves = shown.context["plan"].moves
        assert moves[grown.nodes["转化率"].pk] == Decimal("2.5")
        assert grown.nodes["GMV"].pk not in moves
        assert DriverTarget.objects.count() == 4
        sent = {f"target-{pk}": str(value) for pk, value in moves.items()}
        assert post(head, "tree_targets", grown, since=(NEWEST + 1).label, **sent).status_code == 302
        kept = DriverTarget.objects.filter(from_period=(NEWEST + 1).key)
        assert {row.node_id: row.value for row in kept} == moves

    def test_the_result_follows_where_the_others_stay(self, grown, head) -> None:
        moves = self.plan(head, grown, keep="others").context["plan"].moves
        assert moves == {grown.nodes["转化率"].pk: Decimal("2.5"), grown.nodes["GMV"].pk: Decimal("50")}

    def test_a_held_driver_does_not_carry(self, grown, head) -> None:
        held = grown.nodes["访客数"].pk
        moves = self.plan(head, grown, keep="root", lock=[held]).context["plan"].moves
        assert moves.keys() == {grown.nodes["转化率"].pk, grown.nodes["客单价"].pk}
        assert moves[grown.nodes["客单价"].pk] == Decimal("160")

    def test_where_all_are_held_a_sentence_says_so(self, grown, head) -> None:
        held = [node.pk for node in grown.nodes.values()]
        shown = self.plan(head, grown, keep="root", lock=held)
        assert shown.status_code == 200
        assert shown.context["problem"] is not None
        assert 'role="alert"' in shown.content.decode()

    def test_a_second_confirmation_of_what_was_seen_is_refused(self, grown, head) -> None:
        sent = {f"target-{grown.nodes['客单价'].pk}": "210", "since": (NEWEST + 1).label}
        assert post(head, "tree_targets", grown, **sent).status_code == 302
        assert (
            post(head, "tree_targets", grown, **{**sent, f"target-{grown.nodes['客单价'].pk}": "220"}).status_code
            == 409
        )
        assert DriverTarget.objects.count() == 5

    @pytest.mark.parametrize("typed", ["一百", "NaN", "Infinity", "1e30"])
    def test_what_is_no_target_is_refused_in_a_sentence(self, grown, head, typed: str) -> None:
        assert post(head, "tree_targets", grown, **{f"target-{grown.nodes['客单价'].pk}": typed}).status_code == 422
        assert DriverTarget.objects.count() == 4

    def test_keys_of_another_tree_are_not_read(self, grown, head, cast: Cast) -> None:
        other = grow(cast, unit=cast.service, name="客服")
        sent = {f"target-{other.nodes['客单价'].pk}": "1"}
        assert post(head, "tree_targets", grown, **sent).status_code == 422
        assert not DriverTarget.objects.filter(value=1).exists()

    def test_full_width_digits_and_commas_are_numbers(self, grown, head) -> None:
        assert (
            post(head, "tree_targets", grown, **{f"target-{grown.nodes['访客数'].pk}": "１２０,０００"}).status_code
            == 302
        )
        assert DriverTarget.objects.filter(value=120_000).exists()

    @pytest.mark.parametrize("asked", [{"node": "x"}, {"value": "abc"}, {"since": "2020-W01"}, {"keep": "?"}])
    def test_a_question_that_makes_no_sense_shows_the_targets_as_they_are(self, grown, head, asked) -> None:
        shown = self.plan(head, grown, **asked)
        assert shown.status_code == 200
        assert not shown.context["plan"].moves
