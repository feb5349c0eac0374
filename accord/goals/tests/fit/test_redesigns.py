"""A redesign from the first step to the new version of the map, written by two people at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accord.domain.redesign import Step
from accord.foundation.models import Event, Notification
from accord.goals.errors.redesigns import (
    NotTheirPosition,
    RedesignEnded,
    RedesignIncomplete,
    RedesignMoved,
    StepStale,
)
from accord.goals.models import AssessmentModelVersion, PositionRedesign
from accord.goals.queries.map_content import map_of
from accord.goals.queries.own_redesigns import own_redesigns
from accord.goals.queries.redesigns import objective_choices, standing
from accord.goals.services.redesigns import drop, finish, save_step, start
from accord.goals.tests.fit.builders import FIRST, family, key_result, metric, recommend
from accord.metrics.models import Metric
from accord.people.models import Employee
from tests.cast import Cast, employee
from tests.ladder import Ladder

OBJECTIVE = {"objective": None, "text": "客户愿意长期合作"}


def signed_in(person: Employee) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def begun(cast: Cast) -> PositionRedesign:
    """小张 and 李经理 about 销售代表, who is measured by contracts and by calls."""
    recommend("销售代表", family("sales", "销售"), "签约额", "拜访次数", serves="收入增长")
    return start(cast.xiaozhang.position, cast.xiaozhang, cast.manager_li)


def written(cast: Cast, **changes: dict[str, Any]) -> PositionRedesign:
    """The same with all five steps filled in."""
    redesign = begun(cast)
    answers: dict[str, dict[str, Any]] = {
        "objective": OBJECTIVE,
        "contribution": {"output": "产出", "text": "把客户的问题变成长期的合作"},
        "behaviour": {"lines": "每月和老客户谈一次新需求"},
        "kpis": {
            "existing": [
                {"metric": metric("签约额").pk, "keep": True, "target": "24", "threshold": None, "movable": True},
                {"metric": metric("拜访次数").pk, "keep": False, "reason": "跑得多不等于谈得成"},
            ],
            "new": [{"name": "老客户增购额", "unit": "万元", "target": "6", "movable": True, "why": "谈新需求"}],
        },
        "source": {"sources": {"签约额": "CRM", "老客户增购额": "CRM"}},
        **changes,
    }
    for step in Step:
        save_step(redesign, step, answers[step.value], 0, cast.xiaozhang)
    redesign.refresh_from_db()
    return redesign


class TestStarting:
    def test_the_holder_is_told_and_a_second_start_goes_on_with_the_first(self, cast: Cast) -> None:
        redesign = begun(cast)
        (notice,) = Notification.objects.filter(recipient=cast.xiaozhang.user)
        assert notice.url == reverse("goals:redesign", args=[redesign.pk])
        assert start(cast.xiaozhang.position, cast.xiaozhang, cast.executive_chen) == redesign
        assert Event.objects.filter(name="redesign.started").count() == 1

    def test_only_with_somebody_else_who_holds_the_position(self, cast: Cast) -> None:
        position = cast.xiaozhang.position
        for holder, lead in ((cast.stranger, cast.manager_li), (cast.xiaozhang, cast.xiaozhang)):
            with pytest.raises(NotTheirPosition):
                start(position, holder, lead)

    def test_a_page_offers_those_whom_one_answers_for(self, cast: Cast) -> None:
        begun(cast)
        address = reverse("goals:position", args=[cast.xiaozhang.position_id])
        assert f'value="{cast.colleague.pk}"' in signed_in(cast.manager_li).get(address).content.decode()
        assert 'name="holder"' not in signed_in(cast.colleague).get(address).content.decode()


class TestWritingTogether:
    def test_two_steps_at_once_are_both_kept(self, cast: Cast) -> None:
        redesign = begun(cast)
        assert save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0, cast.manager_li) == 1
        assert save_step(redesign, Step.BEHAVIOUR, {"lines": "主动回访"}, 0, cast.xiaozhang) == 1
        redesign.refresh_from_db()
        stands = standing(redesign)
        assert (stands.said.objective, stands.said.behaviours) == ("客户愿意长期合作", ("主动回访",))
        assert [(state.name, state.edition) for state in stands.steps][:3] == [("李经理", 1), ("", 0), ("小张", 1)]

    def test_of_two_who_write_one_step_the_second_is_told_by_name(self, cast: Cast) -> None:
        redesign = begun(cast)
        save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0, cast.manager_li)
        with pytest.raises(StepStale, match="李经理"):
            save_step(redesign, Step.OBJECTIVE, {"text": "我的想法"}, 0, cast.xiaozhang)
        assert save_step(redesign, Step.OBJECTIVE, {"text": "我的想法"}, 1, cast.xiaozhang) == 2

    def test_a_lost_race_for_the_row_is_run_again(self, cast: Cast) -> None:
        redesign = begun(cast)
        real, rows = PositionRedesign.objects.get, []

        def get(**where: object) -> PositionRedesign:
            row = real(**where)
            if not rows:
                rows.append(row)
                PositionRedesign.objects.filter(pk=row.pk).update(edition=row.edition + 1)
            return row

        with patch.object(PositionRedesign.objects, "get", get):
            assert save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0, cast.manager_li) == 1
        redesign.refresh_from_db()
        assert redesign.edition == 2

    def test_the_same_again_changes_nothing(self, cast: Cast) -> None:
        redesign = begun(cast)
        for _each in range(2):
            save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0 if not _each else 1, cast.manager_li)
        redesign.refresh_from_db()
        assert redesign.edition == 1

    def test_the_clock_leaves_pauses_out(self, cast: Cast) -> None:
        redesign, nine = begun(cast), datetime(2026, 7, 1, 9, tzinfo=UTC)
        for number, minutes in enumerate((0, 3, 3 + 60, 3 + 60 + 2)):
            with patch.object(timezone, "now", lambda minutes=minutes: nine + timedelta(minutes=minutes)):
                save_step(redesign, Step.BEHAVIOUR, {"lines": f"{number}"}, number, cast.manager_li)
        redesign.refresh_from_db()
        assert standing(redesign).minutes == 1 + 3 + 5 + 2

    def test_nothing_is_written_into_what_is_over(self, cast: Cast) -> None:
        redesign = begun(cast)
        drop(redesign, cast.manager_li)
        with pytest.raises(RedesignEnded):
            save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0, cast.manager_li)
        with pytest.raises(RedesignEnded):
            drop(redesign, cast.manager_li)


class TestFinishing:
    def test_what_was_worked_out_becomes_the_next_version(self, cast: Cast) -> None:
        redesign = written(cast)
        version = finish(redesign, "看长期合作", cast.manager_li, redesign.edition)
        assert (version.number, version.note) == (2, "看长期合作")
        (output,) = map_of(redesign.position).outputs
        assert output.serves.zh == "客户愿意长期合作"
        assert [(kpi.name.zh, kpi.target, kpi.source) for kpi in output.kpis] == [
            ("签约额", Decimal(24), "CRM"),
            ("老客户增购额", Decimal(6), "CRM"),
        ]
        made = Metric.objects.get(name="老客户增购额")
        assert (made.unit, made.aggregation, made.source) == ("万元", "sum", "CRM")
        redesign.refresh_from_db()
        assert (redesign.state, redesign.version) == ("finished", version)
        assert Event.objects.get(name="redesign.finished").payload == {"redesign_id": redesign.pk, "number": 2}
        assert Notification.objects.filter(recipient=cast.xiaozhang.user, kind="goals.redesign_finished").count() == 1

    def test_a_summary_says_afterwards_what_it_said_before(self, cast: Cast) -> None:
        redesign = written(cast)
        before = [change.explain("zh-hans") for change in standing(redesign).changes]
        finish(redesign, "", cast.manager_li, redesign.edition)
        redesign.refresh_from_db()
        assert [change.explain("zh-hans") for change in standing(redesign).changes] == before
        assert "“产出”不再推荐“拜访次数”" in before

    def test_what_is_missing_is_said_and_nothing_is_published(self, cast: Cast) -> None:
        redesign = written(cast, source={"sources": {}}, behaviour={"lines": ""})
        with pytest.raises(RedesignIncomplete, match="老客户增购额”还没有写明数据来源"):
            finish(redesign, "", cast.manager_li, redesign.edition)
        redesign.refresh_from_db()
        assert redesign.state == "open"
        assert not Metric.objects.filter(name="老客户增购额").exists()

    def test_what_was_saved_after_the_summary_is_read_first(self, cast: Cast) -> None:
        redesign = written(cast)
        save_step(redesign, Step.BEHAVIOUR, {"lines": "再加一条"}, 1, cast.xiaozhang)
        with pytest.raises(RedesignMoved):
            finish(redesign, "", cast.manager_li, redesign.edition)

    def test_twice_publishes_once(self, cast: Cast) -> None:
        redesign = written(cast)
        finish(redesign, "", cast.manager_li, redesign.edition)
        with pytest.raises(RedesignEnded):
            finish(redesign, "", cast.manager_li, redesign.edition)


def test_objectives_of_ones_units_can_be_chosen_and_their_words_are_kept(cast: Cast) -> None:
    redesign, result = begun(cast), key_result(cast)
    ((key, words),) = objective_choices(cast.xiaozhang, FIRST)
    assert (key, words) == (result.objective_id, "远航电商：做深客户经营")
    assert objective_choices(cast.xiaozhang, FIRST - timedelta(days=1)) == []
    with patch("accord.goals.views.redesigns.organisation_day", lambda: FIRST):
        address = reverse("goals:redesign_step", args=[redesign.pk, "objective"])
        answer = signed_in(cast.manager_li).post(address, {"edition": "0", "objective": str(key), "text": ""})
        assert answer["Location"] == reverse("goals:redesign_step", args=[redesign.pk, "contribution"])
    redesign.refresh_from_db()
    assert standing(redesign).said.objective == "做深客户经营"


class TestPages:
    def test_the_way_leads_on_and_back_without_a_script(self, cast: Cast) -> None:
        redesign, client = begun(cast), signed_in(cast.manager_li)
        here = reverse("goals:redesign", args=[redesign.pk])
        assert client.get(here)["Location"].endswith("/objective/")
        step = reverse("goals:redesign_step", args=[redesign.pk, "behaviour"])
        assert client.post(step, {"edition": "0", "lines": "主动回访"})["Location"].endswith("/kpis/")
        back = client.post(step, {"edition": "1", "lines": "主动回访", "to": "contribution"})
        assert back["Location"].endswith("/contribution/")
        source = reverse("goals:redesign_step", args=[redesign.pk, "source"])
        assert client.post(source, {"edition": "0"})["Location"].endswith("/summary/")

    def test_kpis_are_kept_dropped_and_added(self, cast: Cast) -> None:
        redesign, client = begun(cast), signed_in(cast.xiaozhang)
        address = reverse("goals:redesign_step", args=[redesign.pk, "kpis"])
        kept, dropped = metric("签约额").pk, metric("拜访次数").pk
        answers = {
            "edition": "0",
            f"kpi-{kept}-keep": "keep",
            f"kpi-{kept}-movable": "on",
            f"kpi-{kept}-target": "24",
            f"kpi-{dropped}-keep": "drop",
            f"kpi-{dropped}-reason": "跑得多不等于谈得成",
            "new-1-name": " 回款率 ",
            "new-1-movable": "on",
        }
        metric("回款率", unit="%")
        assert client.post(address, {**answers, "new-1-target": "九成"}).status_code == 422
        assert client.post(address, answers).status_code == 302
        redesign.refresh_from_db()
        said = standing(redesign).said
        assert [(verdict.metric, verdict.keep, verdict.target) for verdict in said.verdicts] == [
            (kept, True, Decimal(24)),
            (dropped, False, None),
        ]
        assert [(kpi.name, kpi.metric, kpi.unit) for kpi in said.new] == [("回款率", metric("回款率").pk, "%")]

    def test_a_stale_form_shows_both_texts_and_saves_at_the_second_try(self, cast: Cast) -> None:
        redesign = begun(cast)
        address = reverse("goals:redesign_step", args=[redesign.pk, "behaviour"])
        save_step(redesign, Step.BEHAVIOUR, {"lines": "他写的"}, 0, cast.manager_li)
        client = signed_in(cast.xiaozhang)
        answer = client.post(address, {"edition": "0", "lines": "我写的"})
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "我写的</textarea>" in page
        assert "他写的" in page
        assert 'name="edition" value="1"' in page
        assert client.post(address, {"edition": "1", "lines": "我写的"}).status_code == 302

    def test_the_script_is_answered_in_json(self, cast: Cast) -> None:
        redesign = begun(cast)
        address = reverse("goals:redesign_step", args=[redesign.pk, "behaviour"])
        client, json = signed_in(cast.xiaozhang), {"HTTP_ACCEPT": "application/json"}
        assert client.post(address, {"edition": "0", "lines": "一"}, **json).json() == {"edition": 1}
        stale = client.post(address, {"edition": "0", "lines": "二"}, **json)
        assert (stale.status_code, stale.json()["error"]["code"]) == (409, "redesign_step_stale")

    def test_an_unchanged_rail_costs_nothing(self, cast: Cast) -> None:
        redesign, client = begun(cast), signed_in(cast.xiaozhang)
        address = reverse("goals:redesign_progress", args=[redesign.pk]) + "?at=behaviour"
        first = client.get(address)
        tag = {"HTTP_IF_NONE_MATCH": first["ETag"]}
        assert client.get(address, **tag).status_code == 304
        save_step(redesign, Step.BEHAVIOUR, {"lines": "一"}, 0, cast.manager_li)
        again = client.get(address, **tag)
        assert (again.status_code, 'data-step-edition="1"' in again.content.decode()) == (200, True)

    @pytest.mark.parametrize("payload", [{}, {"edition": "x"}, {"edition": "-1"}, {"edition": "9" * 30}])
    def test_a_form_without_an_edition_is_not_taken(self, cast: Cast, payload: dict[str, str]) -> None:
        redesign = begun(cast)
        address = reverse("goals:redesign_step", args=[redesign.pk, "behaviour"])
        assert signed_in(cast.xiaozhang).post(address, payload).status_code == 404
        assert signed_in(cast.xiaozhang).get(address.replace("behaviour", "dreams")).status_code == 404

    def test_somebody_who_reads_along_gets_no_buttons(self, cast: Cast) -> None:
        redesign = written(cast)
        page = signed_in(cast.hrbp_wang).get(reverse("goals:redesign_summary", args=[redesign.pk])).content.decode()
        assert reverse("goals:redesign_finish", args=[redesign.pk]) not in page
        step = signed_in(cast.hrbp_wang).get(reverse("goals:redesign_step", args=[redesign.pk, "kpis"]))
        assert "data-redesign-status" not in step.content.decode()


class _OnRedesign(Ladder):
    may_open = ("xiaozhang", "manager_li", "hrbp_wang", "executive_chen")
    hidden_from = ("colleague", "stranger", "administrator")

    def make(self, cast: Cast) -> PositionRedesign:
        return written(cast)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestRedesignAddress(_OnRedesign):
    url_name = "goals:redesign"


class TestProgressAddress(_OnRedesign):
    url_name = "goals:redesign_progress"
    works_with = (200, 404)  # without the step that is looked at there is nothing to show


class TestSummaryAddress(_OnRedesign):
    url_name = "goals:redesign_summary"


class TestStepAddress(_OnRedesign):
    url_name = "goals:redesign_step"
    wrong_verbs = ("delete", "put")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, "kpis"]


class TestStepWriting(_OnRedesign):
    url_name = "goals:redesign_step"
    method = "post"
    may_open = ("xiaozhang", "manager_li")
    refused_to = ("hrbp_wang", "executive_chen")
    wrong_verbs = ("delete", "put")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, "behaviour"]

    def payload(self, cast: Cast) -> dict[str, str]:
        return {"edition": "1", "lines": "每月和老客户谈一次新需求"}


class TestFinishAddress(_OnRedesign):
    url_name = "goals:redesign_finish"
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang", "hrbp_wang", "executive_chen")

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": self.thing.edition}


class TestModelAddress(_OnRedesign):
    url_name = "goals:redesign_model"
    method = "post"
    may_open = ("hrbp_wang",)
    refused_to = ("xiaozhang", "manager_li", "executive_chen")

    def make(self, cast: Cast) -> PositionRedesign:
        redesign = written(cast)
        finish(redesign, "", cast.manager_li, redesign.edition)
        redesign.refresh_from_db()
        return redesign

    def opened(self, response: Any, cast: Cast) -> None:
        draft = AssessmentModelVersion.objects.get(assessment_model__positions=self.thing.position)
        assert response["Location"] == reverse("goals:model_designer", args=[draft.pk])
        new = Metric.objects.get(name="老客户增购额").pk
        items = {item["metric"]: item for each in draft.body["dimensions"] for item in each["items"]}
        assert items[new]["author"] == cast.xiaozhang.employee_no


class TestDropAddress(_OnRedesign):
    url_name = "goals:redesign_drop"
    method = "post"
    may_open = ("manager_li",)
    refused_to = ("xiaozhang", "hrbp_wang", "executive_chen")


class TestStartAddress(Ladder):
    url_name = "goals:redesign_start"
    method = "post"
    may_open = ("manager_li", "executive_chen", "hrbp_wang")
    hidden_from = ("colleague", "stranger", "administrator")

    def args(self, cast: Cast) -> list[int]:
        return [cast.xiaozhang.position_id]

    def payload(self, cast: Cast) -> dict[str, int]:
        return {"holder": cast.xiaozhang.pk}


def test_an_overview_of_ten_or_twenty_open_redesigns_takes_the_same_statements(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    begun(cast)
    client, address = signed_in(cast.manager_li), reverse("goals:position-map")
    for number in range(12):
        holder = employee(f"B{number:03d}", f"同事{number}", cast.east, cast.manager_li)
        start(holder.position, holder, cast.manager_li)
    with django_assert_max_num_queries(20):
        assert client.get(address).content.decode().count("entry-icon") == 6


def test_one_takes_along_what_one_wrote_oneself(cast: Cast) -> None:
    redesign = begun(cast)
    save_step(redesign, Step.OBJECTIVE, OBJECTIVE, 0, cast.manager_li)
    save_step(redesign, Step.BEHAVIOUR, {"lines": "主动回访"}, 0, cast.xiaozhang)
    (mine,) = own_redesigns(cast.xiaozhang.user)
    assert mine["written"] == {"behaviour": {"lines": "主动回访"}}
    assert own_redesigns(cast.stranger.user) == []
