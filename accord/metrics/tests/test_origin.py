"""Every number opens its origin, for those who may see whose number it is."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accord.domain.periods import Period
from accord.foundation.imports import running
from accord.foundation.imports.files import pieces_of
from accord.foundation.imports.runs import keep_run
from accord.foundation.models import ImportRun, User
from accord.metrics.models import Measurement
from accord.metrics.queries.origin import origin_of
from accord.metrics.queries.own_data import own_data
from accord.metrics.services.library import ensure_metrics
from accord.metrics.tests.builders import bring, csv, some_metrics
from tests.cast import Cast
from tests.ladder import Ladder

WEEK = Period.parse("2026-W41").key


def value_of(metric: str) -> Measurement:
    return Measurement.objects.select_related("series__metric").get(series__metric__name=metric, period=WEEK)


class OfAValue(Ladder):
    url_name = "metrics:origin"
    line: str

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path

    @pytest.fixture(autouse=True)
    def _prepared(self, cast: Cast, _folder: None) -> None:
        some_metrics()
        bring(self.folder, self.line)
        self.thing = Measurement.objects.get()

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.series_id, self.thing.period]


class TestOriginOfAPersonsValue(OfAValue):
    line = "A011,,签约额,2026-W41,1234.5"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "stranger_manager", "administrator", "auditor")

    def opened(self, response: Any, cast: Cast) -> None:
        page = response.content.decode()
        assert "1,234.50" in page
        assert "values.csv" in page


class TestOriginOfAUnitsValue(OfAValue):
    line = ",远航电商/销售部/华东组,签约额,2026-W41,1234.5"
    may_open = ("xiaozhang", "colleague", "hrbp_wang", "executive_chen")
    hidden_from = ("stranger", "stranger_manager", "administrator", "auditor")


def test_the_head_of_a_unit_and_the_line_above_see_its_values(cast: Cast, client: Client, tmp_path: Path) -> None:
    some_metrics()
    bring(tmp_path, ",远航电商/客服部,签约额,2026-W41,1")
    address = reverse("metrics:origin", args=[value_of("签约额").series_id, WEEK])
    client.force_login(cast.manager_li.user)
    assert client.get(address).status_code == 404
    cast.service.head = cast.xiaozhang
    cast.service.save()
    for person in (cast.xiaozhang, cast.manager_li):
        client.force_login(person.user)
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("period", [WEEK + 1, 0, 5_000_000, 2**31, 2**63])
def test_a_period_without_a_value_is_not_found(cast: Cast, client: Client, tmp_path: Path, period: int) -> None:
    some_metrics()
    bring(tmp_path, "A011,,签约额,2026-W41,1")
    client.force_login(cast.xiaozhang.user)
    assert client.get(reverse("metrics:origin", args=[value_of("签约额").series_id, period])).status_code == 404


def load(path: Path, user: User) -> ImportRun:
    """Load a file as the pages of imports do, so that its rows are kept."""
    run = keep_run("measurements", pieces_of(path), path.name, state=ImportRun.State.LOADING, options={"source": "CRM"})
    running.load(run, lambda done, total: None, actor=user)
    return run


def test_the_row_is_shown_as_it_was(cast: Cast, client: Client, tmp_path: Path) -> None:
    some_metrics()
    header = "备注,工号,部门,指标,周期,数值"
    path = csv(tmp_path, ["甲,A012,,签约额,2026-W41,7", '含税,A011,,签约额,2026-W41,"1,234.5"'], header, "九月.csv")
    run = load(path, cast.hrbp_wang.user)
    value = Measurement.objects.select_related("series__metric").get(series__employee=cast.xiaozhang)
    origin = origin_of(value.series, WEEK)
    assert origin is not None
    assert (origin.batch.run, origin.row) == (run, 3)
    assert origin.cells["备注"] == "含税"
    assert origin.cells["数值"] == "1,234.5"

    client.force_login(cast.xiaozhang.user)
    page = client.get(reverse("metrics:origin", args=[value.series_id, WEEK])).content.decode()
    assert "九月.csv" in page
    assert "含税" in page
    assert cast.hrbp_wang.user.get_full_name() in page


def test_a_row_that_is_gone_is_said_to_be_gone(cast: Cast, client: Client, tmp_path: Path) -> None:
    some_metrics()
    run = load(csv(tmp_path, ["A011,,签约额,2026-W41,7"]), cast.hrbp_wang.user)
    run.stored_as = "gone.csv"
    run.save()
    origin = origin_of(value_of("签约额").series, WEEK)
    assert origin is not None
    assert origin.cells == {}
    assert origin.gone is not None
    client.force_login(cast.xiaozhang.user)
    assert client.get(reverse("metrics:origin", args=[origin.series.pk, WEEK])).status_code == 200


def test_earlier_values_come_newest_first_with_their_own_origin(cast: Cast, client: Client, tmp_path: Path) -> None:
    some_metrics()
    for value, source in (("1", "手工"), ("2", "CRM"), ("3", "CRM")):
        bring(tmp_path, f"A011,,签约额,2026-W41,{value}", source=source, name=f"{value}.csv")
    origin = origin_of(value_of("签约额").series, WEEK)
    assert origin is not None
    assert [(each.value, each.batch.source.name, each.replaced_by.file_name) for each in origin.earlier] == [
        (2, "CRM", "3.csv"),
        (1, "手工", "2.csv"),
    ]
    client.force_login(cast.xiaozhang.user)
    page = client.get(reverse("metrics:origin", args=[origin.series.pk, WEEK])).content.decode()
    assert page.index("3.00") < page.index("2.00") < page.index("1.00")


def test_a_ratio_leads_to_its_two_parts(cast: Cast, client: Client, tmp_path: Path) -> None:
    some_metrics()
    bring(tmp_path, "A011,,访客数,2026-W41,8", "A011,,订单数,2026-W41,1", "A012,,订单数,2026-W41,5")
    ratio = value_of("转化率")
    origin = origin_of(ratio.series, WEEK)
    assert origin is not None
    assert origin.is_computed
    assert [(part.series.metric.name, part.value) for part in origin.parts] == [("订单数", 1), ("访客数", 8)]
    client.force_login(cast.xiaozhang.user)
    page = client.get(reverse("metrics:origin", args=[ratio.series_id, WEEK])).content.decode()
    for part in origin.parts:
        assert reverse("metrics:origin", args=[part.series_id, WEEK]) in page


def test_more_history_takes_no_more_queries(
    cast: Cast, client: Client, tmp_path: Path, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    some_metrics()
    for value in (1, 2):
        bring(tmp_path, f"A011,,签约额,2026-W41,{value}")
    client.force_login(cast.xiaozhang.user)
    address = reverse("metrics:origin", args=[value_of("签约额").series_id, WEEK])
    with django_assert_max_num_queries(12) as counted:
        client.get(address)
    for value in (3, 4, 5, 6):
        bring(tmp_path, f"A011,,签约额,2026-W41,{value}")
    with django_assert_num_queries(len(counted)):
        client.get(address)


def test_a_person_takes_their_own_values_along(cast: Cast, tmp_path: Path) -> None:
    ensure_metrics([])
    some_metrics()
    bring(tmp_path, "A011,,签约额,2026-W41,1", "A012,,签约额,2026-W41,99", ",远航电商/客服部,签约额,2026-W41,98")
    bring(tmp_path, "A011,,签约额,2026-W41,2", "A011,,签约额,2026-W42,3.50", source="手工")
    (series,) = own_data(cast.xiaozhang.user)
    assert series["metric"] == "签约额"
    assert [(each["period"], each["value"], each["source"]) for each in series["values"]] == [
        ("2026-W41", "2", "手工"),
        ("2026-W42", "3.5", "手工"),
    ]
    assert [(each["value"], each["source"]) for each in series["replaced_values"]] == [("1", "CRM")]
    assert own_data(cast.manager_li.user) == []
