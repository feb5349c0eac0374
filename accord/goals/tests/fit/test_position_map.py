"""The map of positions: read and searched by everybody, written by HR, each version kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.domain.position_map import MapKpi, MapOutput, PositionMap, read_map
from accord.domain.wording import Text
from accord.foundation.models import Event
from accord.goals.errors.position_map import MapRefused, MapUnchanged, StaleMap
from accord.goals.models import CoreOutput, PositionMapVersion
from accord.goals.queries.map_content import map_of
from accord.goals.queries.position_map import versions_of
from accord.goals.queries.redesigns import newest_number
from accord.goals.services.map_versions import publish, restore
from accord.goals.services.position_map import install_shipped_map
from accord.goals.shipped import shipped_families
from accord.goals.tests.fit.builders import family, metric, recommend
from accord.people.models import Employee, Position
from accord.workflow.models import ArchiveEntry
from tests.cast import Cast, employee
from tests.ladder import Ladder


def on_page(person: Employee, address: str, **query: str) -> str:
    client = Client()
    client.force_login(person.user)
    return client.get(address, query).content.decode()


@pytest.fixture
def seller(cast: Cast) -> Position:
    return recommend("销售代表", family("sales", "销售"), "签约额", "回款率", serves="收入增长")


def more(position: Position, name: str = "客户续约率") -> PositionMap:
    before = map_of(position)
    wanted = MapKpi(metric(name).pk, Text(name), Text("留得住才算数"), Decimal(90), Decimal(82), "CRM")
    return PositionMap((replace(before.outputs[0], kpis=(*before.outputs[0].kpis, wanted)),))


def only(name: str) -> PositionMap:
    return PositionMap((MapOutput(Text("产出"), kpis=(MapKpi(metric(name).pk, Text(name)),)),))


class TestVersions:
    def test_the_first_change_keeps_what_was_there_before_as_version_one(self, cast: Cast, seller: Position) -> None:
        before = map_of(seller)
        made = publish(seller, more(seller), " 续约也看 ", cast.hrbp_wang, 0)
        assert (made.number, made.note, made.made_by) == (2, "续约也看", cast.hrbp_wang)
        newest, first = versions_of(seller)
        assert first.content == before
        assert [change.explain("zh-hans") for change in newest.changes] == ["“产出”新增指标“客户续约率”"]
        assert map_of(seller) == read_map(made.content)
        event = Event.objects.get(name="position_map.changed")
        assert event.payload == {"position_id": seller.pk, "number": 2}
        assert ArchiveEntry.objects.get(kind="position_map.changed").subject == f"positions:{seller.pk}"

    def test_of_two_who_write_the_first_wins(self, cast: Cast, seller: Position) -> None:
        publish(seller, more(seller), "", cast.hrbp_wang, 0)
        with pytest.raises(StaleMap):
            publish(seller, more(seller, "客单价"), "", cast.hrbp_wang, 0)
        assert PositionMapVersion.objects.count() == 2

    def test_the_same_again_makes_no_version(self, cast: Cast, seller: Position) -> None:
        with pytest.raises(MapUnchanged):
            publish(seller, map_of(seller), "", cast.hrbp_wang, 0)
        assert not PositionMapVersion.objects.exists()

    def test_what_is_no_map_is_refused_in_words(self, cast: Cast, seller: Position) -> None:
        with pytest.raises(MapRefused, match="请至少写一项核心产出"):
            publish(seller, PositionMap(), "", cast.hrbp_wang, 0)

    def test_an_old_version_comes_back_as_a_new_one(self, cast: Cast, seller: Position) -> None:
        before = map_of(seller)
        publish(seller, more(seller), "", cast.hrbp_wang, 0)
        first = PositionMapVersion.objects.get(number=1)
        assert restore(first, "如第一版", cast.hrbp_wang, 2).number == 3
        assert map_of(seller) == before

    def test_a_position_without_a_map_begins_with_one(self, cast: Cast) -> None:
        position = Position.objects.create(name="体验设计")
        content = PositionMap((MapOutput(Text("好用"), kpis=(MapKpi(metric("NPS").pk, Text("NPS")),)),))
        assert publish(position, content, "", cast.hrbp_wang, 0).number == 1


class TestShippedMap:
    def test_it_says_what_each_output_serves_and_is_kept_as_version_one(self, db: None) -> None:
        install_shipped_map()
        positions = [position for each in shipped_families() for position in each["position"]]
        assert PositionMapVersion.objects.filter(number=1).count() == len(positions) >= 30
        assert not CoreOutput.objects.filter(serves="").exists()
        assert not CoreOutput.objects.filter(serves_en="").exists()
        agent = map_of(Position.objects.get(name="客服专员"))
        assert next((kpi.name.zh, kpi.target, kpi.threshold) for kpi in agent.kpis()) == (
            "一次解决率",
            Decimal(78),
            Decimal(70),
        )

    def test_a_threshold_is_never_better_than_the_target(self, db: None) -> None:
        install_shipped_map()
        for output in CoreOutput.objects.prefetch_related("recommended_kpis__metric"):
            for kpi in output.recommended_kpis.all():
                if kpi.target is not None and kpi.threshold is not None:
                    assert (kpi.threshold > kpi.target) == (kpi.metric.direction == "down"), (output, kpi.metric)


class TestPages:
    def test_each_word_is_looked_for_in_position_output_result_and_metric(self, cast: Cast, seller: Position) -> None:
        recommend("后端工程师", family("engineering", "技术研发"), "研发工时")
        page = reverse("goals:position-map")
        for search, found in (
            ("销售", True),
            ("回款", True),
            ("收入", True),
            ("销售 回款", True),
            ("研发 回款", False),
            ("%", False),
        ):
            text = on_page(cast.stranger, page, q=search)
            assert (reverse("goals:position", args=[seller.pk]) in text) == found, search
        assert "研发工时" not in on_page(cast.stranger, page, family="sales")

    @pytest.mark.parametrize("path", ["position-map", "position"])
    def test_more_rows_take_the_same_statements(self, cast: Cast, seller: Position, path: str) -> None:
        client = Client()
        client.force_login(cast.hrbp_wang.user)
        address = reverse(f"goals:{path}", args=[seller.pk] if path == "position" else [])
        counts = []
        for rows in (range(10), range(10, 20)):
            for each in rows:
                recommend(f"岗位{each}", None, f"指标{each}")
                employee(f"B{each:03d}", f"同事{each}", cast.east, cast.manager_li)
                publish(seller, only(f"指标{each}"), "", cast.hrbp_wang, newest_number(seller))
            with CaptureQueriesContext(connection) as counted:
                assert client.get(address).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1]

    def test_who_may_not_edit_is_not_offered_it(self, cast: Cast, seller: Position) -> None:
        address, edit = (reverse(f"goals:{name}", args=[seller.pk]) for name in ("position", "position_edit"))
        assert edit in on_page(cast.hrbp_wang, address)
        assert edit not in on_page(cast.manager_li, address)

    def test_the_map_is_written_as_one_form(self, cast: Cast, seller: Position) -> None:
        client = Client()
        client.force_login(cast.hrbp_wang.user)
        address = reverse("goals:position_edit", args=[seller.pk])
        metric("客户续约率")
        written = {
            "seen": "0",
            "note": "两项变三项",
            "output-0-name": "客户经营",
            "output-0-serves": "客户留得住",
            "output-0-kpi-0-metric": "签约额",
            "output-0-kpi-0-target": "24",
            "output-0-kpi-0-movable": "on",
            "output-0-kpi-1-metric": "",
            "output-0-kpi-2-metric": "客户续约率",
            "output-1-name": "",
            "output-1-kpi-0-metric": "",
        }
        wrong = client.post(address, {**written, "output-0-kpi-2-metric": "没有这个指标"})
        assert wrong.status_code == 422
        assert "指标库里没有这个指标" in wrong.content.decode()
        assert client.post(address, {**written, "output-0-kpi-0-target": "很多"}).status_code == 422
        assert client.post(address, written).status_code == 302
        (output,) = map_of(seller).outputs
        assert (output.name.zh, output.serves.zh) == ("客户经营", "客户留得住")
        assert [(kpi.name.zh, kpi.target, kpi.movable) for kpi in output.kpis] == [
            ("签约额", Decimal(24), True),
            ("客户续约率", None, False),
        ]
        late = client.post(address, {**written, "output-0-name": "回款"})
        assert late.status_code == 409
        assert "已有更新的版本" in late.content.decode()
        assert 'value="回款"' in late.content.decode()
        assert client.post(address, {**written, "seen": "x"}).status_code == 404


class TestPositionPage(Ladder):
    url_name = "goals:position"
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen", "stranger", "administrator")
    hidden_from = ()

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.position_id]


class TestPositionEdit(Ladder):
    url_name = "goals:position_edit"
    may_open = ("hrbp_wang", "administrator")
    hidden_from = ()
    refused_to = ("xiaozhang", "manager_li", "executive_chen", "auditor")
    wrong_verbs = ("delete", "put")

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.position_id]


class TestVersionPage(Ladder):
    url_name = "goals:position_version"
    may_open = ("xiaozhang", "hrbp_wang", "stranger")
    hidden_from = ()

    def make(self, cast: Cast) -> PositionMapVersion:
        position = recommend("销售代表", family("sales", "销售"), "签约额")
        return publish(position, more(position), "", cast.hrbp_wang, 0)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.position_id, self.thing.number]


class TestRestore(Ladder):
    url_name = "goals:position_restore"
    method = "post"
    may_open = ("hrbp_wang",)
    hidden_from = ()
    refused_to = ("xiaozhang", "manager_li", "executive_chen")

    def make(self, cast: Cast) -> PositionMapVersion:
        position = recommend("销售代表", family("sales", "销售"), "签约额")
        return publish(position, more(position), "", cast.hrbp_wang, 0)

    def args(self, cast: Cast) -> list[int]:
        return [self.thing.position_id, 1]

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"seen": "2"}
