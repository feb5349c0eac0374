"""The library, one metric, and its form."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accord.metrics.models import Metric
from accord.metrics.services.library import MetricDefinition, ensure_metrics
from accord.metrics.tests.builders import bring, some_metrics
from tests.cast import Cast
from tests.ladder import Ladder

EVERYBODY = ("xiaozhang", "stranger", "hrbp_wang", "administrator")
KEEPERS = ("hrbp_wang", "administrator")
OTHERS = ("xiaozhang", "manager_li", "executive_chen", "auditor")


class OfAMetric(Ladder):
    def make(self, cast: Cast) -> Metric:
        return some_metrics()["签约额"]

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestLibraryPage(Ladder):
    url_name = "metrics:library"
    may_open = EVERYBODY
    hidden_from = ()

    def make(self, cast: Cast) -> None:
        some_metrics()

    def opened(self, response: Any, cast: Cast) -> None:
        assert "签约额" in response.content.decode()


class TestMetricPage(OfAMetric):
    url_name = "metrics:metric"
    may_open = EVERYBODY
    hidden_from = ()


class TestEditPage(OfAMetric):
    url_name = "metrics:edit"
    may_open = KEEPERS
    hidden_from = ()
    refused_to = OTHERS
    wrong_verbs = ("delete", "put")


class TestNewPage(Ladder):
    url_name = "metrics:new"
    may_open = KEEPERS
    hidden_from = ()
    refused_to = OTHERS
    wrong_verbs = ("delete", "put")


@pytest.fixture
def keeper(cast: Cast, client: Client) -> Client:
    client.force_login(cast.hrbp_wang.user)
    return client


def test_a_metric_is_added(keeper: Client) -> None:
    payload = {"name": "客诉数", "direction": "down", "frequency": "2", "aggregation": "sum", "decimals": "0"}
    response = keeper.post(reverse("metrics:new"), payload, follow=True)
    assert "客诉数" in response.content.decode()
    assert Metric.objects.get().direction == "down"


def test_a_faulty_form_comes_back(keeper: Client) -> None:
    response = keeper.post(reverse("metrics:new"), {"name": "客诉数"})
    assert response.status_code == 422
    assert not Metric.objects.exists()


def test_the_form_says_why_the_meaning_of_values_stays(keeper: Client, tmp_path: Any) -> None:
    metric = some_metrics()["签约额"]
    bring(tmp_path, "A011,,签约额,2026-W41,1")
    payload = {
        "name": "签约额",
        "unit": "元",
        "direction": "down",
        "frequency": "2",
        "aggregation": "sum",
        "decimals": "2",
    }
    response = keeper.post(reverse("metrics:edit", args=[metric.pk]), payload)
    assert response.status_code == 422
    assert "“签约额”已有数值" in response.content.decode()
    payload |= {"direction": "up", "source": "订单系统"}
    assert keeper.post(reverse("metrics:edit", args=[metric.pk]), payload).status_code == 302
    assert Metric.objects.get(pk=metric.pk).source == "订单系统"


def test_a_metric_says_how_far_its_values_reach(keeper: Client, tmp_path: Any) -> None:
    metric = some_metrics()["签约额"]
    bring(tmp_path, "A011,,签约额,2026-W41,1", "A012,,签约额,2026-W40,1")
    page = keeper.get(reverse("metrics:metric", args=[metric.pk])).content.decode()
    assert "数据截至 2026-10-11" in page
    assert "<dt>CRM</dt><dd>截至 2026-W41</dd>" in page


def test_the_library_is_searched_and_paged(keeper: Client) -> None:
    ensure_metrics([MetricDefinition(f"指标{number:02d}") for number in range(30)])
    first = keeper.get(reverse("metrics:library"))
    assert len(first.context["page"].object_list) == 25
    found = keeper.get(reverse("metrics:library"), {"q": "指标07"})
    assert [metric.name for metric in found.context["page"]] == ["指标07"]
    assert "没有找到" in keeper.get(reverse("metrics:library"), {"q": "不存在"}).content.decode()


@pytest.mark.parametrize("address", ["metrics:library", "metrics:new"])
def test_twice_the_metrics_take_no_more_queries(
    keeper: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any, address: str
) -> None:
    ensure_metrics([MetricDefinition(f"指标{number:02d}", source="CRM") for number in range(10)])
    with django_assert_max_num_queries(12) as counted:
        keeper.get(reverse(address))
    ensure_metrics([MetricDefinition(f"指标{number:02d}", source="CRM") for number in range(20)])
    with django_assert_num_queries(len(counted)):
        keeper.get(reverse(address))
