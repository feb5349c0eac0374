"""The pages of objectives: who opens and who changes what, and that every form works without a script."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any, ClassVar

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.goals.models import Cycle, KeyResult, KeyResultCheckIn, KeyResultKpi, Objective
from accord.goals.tests.objectives.builders import cycle_around, key_result_of, metric_named, objective_of
from accord.people.models import Employee, OrgUnit
from tests.cast import Cast, client_of, grant
from tests.ladder import Ladder

D = Decimal
EVERYBODY = (
    "xiaozhang",
    "colleague",
    "stranger",
    "manager_li",
    "hrbp_wang",
    "executive_chen",
    "administrator",
    "auditor",
)


@pytest.fixture(autouse=True)
def _cycle_of_today(db: None) -> None:
    """Whatever day it is, the cycle of these tests runs."""
    today = organisation_day()
    cycle_around("2026-Q4", today - timedelta(days=40), today + timedelta(days=40))


def leaver(cast: Cast) -> Employee:
    Employee.objects.filter(pk=cast.colleague.pk).update(status=Employee.Status.LEFT)
    return cast.colleague


class OfPerson(Ladder):
    """An objective of 小张 with one key result. All who work here see it; strangers are those who do not."""

    may_open: ClassVar[tuple[str, ...]] = EVERYBODY
    hidden_from: ClassVar[tuple[str, ...]] = ()

    def make(self, cast: Cast) -> KeyResult:
        return key_result_of(objective_of(cast.xiaozhang), current=D(4))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.objective_id]

    def test_somebody_who_has_left_sees_nothing(self, cast: Cast) -> None:
        leaver(cast)
        assert self._ask("colleague", cast).status_code == 404


class Change(OfPerson):
    """Changed by the person and their manager, looked at by everybody else."""

    may_open = ("xiaozhang",)
    refused_to = ("colleague", "stranger", "hrbp_wang", "executive_chen", "administrator")
    wrong_verbs = ("delete", "put")

    def test_works_for_the_manager_too(self, cast: Cast) -> None:
        assert self._ask("manager_li", cast).status_code in self.works_with


class TestObjectivePage(OfPerson):
    url_name = "goals:objectives_one"


class TestBranch(OfPerson):
    url_name = "goals:objectives_branch"


class TestEdit(Change):
    url_name = "goals:objectives_edit"


class TestKeyResults(Change):
    url_name = "goals:objectives_key_results"


class TestClose(Change):
    url_name = "goals:objectives_close"


class TestMove(Change):
    url_name = "goals:objectives_move"


class TestKpis(Change):
    url_name = "goals:objectives_kpis"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestDelete(Change):
    url_name = "goals:objectives_delete"
    method = "post"
    wrong_verbs = ("get",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"edition": 0}


class TestReport(Change):
    url_name = "goals:objectives_report"
    method = "post"
    wrong_verbs = ("get",)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {f"kr{self.thing.pk}-value": "5", f"kr{self.thing.pk}-confidence": "7"}


class TestSetShare(Ladder):
    """For those who speak for the whole company."""

    url_name = "goals:objectives_set_share"
    method = "post"
    may_open = ("executive_chen",)
    hidden_from = ()
    refused_to = ("xiaozhang", "manager_li", "hrbp_wang", "administrator")

    def args(self, cast: Cast) -> list[Any]:
        return [cycle_around().pk]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"share": "20", "seen": "0", "reason": "试行"}

    def test_a_partner_of_the_whole_company_may(self, cast: Cast) -> None:
        grant(cast.hrbp_wang, "hrbp", cast.company)
        assert self._ask("hrbp_wang", cast).status_code == 302
        assert Cycle.objects.get().okr_share == D("0.2")


@pytest.mark.parametrize(
    ("subject", "may", "may_not"),
    [
        ("east", ("manager_li", "hrbp_wang", "colleague"), ("xiaozhang", "stranger", "executive_chen")),
        ("company", ("executive_chen",), ("manager_li", "hrbp_wang", "xiaozhang")),
    ],
)
def test_units_are_changed_by_owner_head_and_partner_and_the_company_by_executives(
    cast: Cast, subject: str, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.manager_li)
    objective = objective_of(getattr(cast, subject), owner=cast.colleague if subject == "east" else None)
    address = reverse("goals:objectives_edit", args=[objective.pk])
    assert {name: client_of(getattr(cast, name)).get(address).status_code for name in (*may, *may_not)} == {
        **dict.fromkeys(may, 200),
        **dict.fromkeys(may_not, 403),
    }


class TestLists:
    @pytest.mark.parametrize("name", ["objectives", "objectives_map", "objectives_check_in", "objectives_new"])
    def test_everybody_who_works_here_opens_them_and_each_explains_itself_when_empty(
        self, cast: Cast, name: str
    ) -> None:
        for who in EVERYBODY:
            assert client_of(getattr(cast, who)).get(reverse(f"goals:{name}")).status_code == 200
        assert client_of(leaver(cast)).get(reverse(f"goals:{name}")).status_code == 404

    def test_without_any_cycle_they_open_too(self, cast: Cast) -> None:
        Cycle.objects.all().delete()
        for name in ("objectives", "objectives_map", "objectives_check_in", "objectives_new", "objectives_share"):
            assert client_of(cast.executive_chen).get(reverse(f"goals:{name}")).status_code == 200

    def test_mine_come_first(self, cast: Cast) -> None:
        objective_of(cast.colleague, "别人的")
        mine = objective_of(cast.xiaozhang, "我的")
        theirs = objective_of(cast.east, "小组的", owner=cast.xiaozhang)
        page = client_of(cast.xiaozhang).get(reverse("goals:objectives"), {"whose": "people"})
        assert [each.objective for each in page.context["mine"]] == [mine, theirs]
        assert len(page.context["others"]) == 2

    def test_search_finds_by_title_person_or_unit(self, cast: Cast) -> None:
        objective_of(cast.east, "提升复购")
        objective_of(cast.service, "更快回音")
        client = client_of(cast.xiaozhang)
        for words in ("复购", "华东"):
            page = client.get(reverse("goals:objectives"), {"whose": "units", "q": words})
            assert [each.objective.title for each in page.context["others"]] == ["提升复购"]

    @pytest.mark.parametrize("name", ["objectives", "objectives_map", "objectives_check_in"])
    def test_ten_rows_cost_as_much_as_twenty(self, cast: Cast, name: str) -> None:
        client, address = client_of(cast.xiaozhang), reverse(f"goals:{name}")
        objective_of(cast.xiaozhang)
        counts = []
        for many in (5, 10):
            for number in range(many):
                for subject in (cast.xiaozhang, cast.company):
                    result = key_result_of(objective_of(subject, f"{many}-{number}"), current=D(4))
                    KeyResultKpi.objects.create(key_result=result, metric=metric_named("回访数"))
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1]


class TestMaking:
    def post(self, person: Employee, **more: str) -> Any:
        return client_of(person).post(reverse("goals:objectives_new"), {"title": "开拓新客", **more})

    def test_for_oneself_below_another(self, cast: Cast) -> None:
        above = objective_of(cast.east)
        answer = self.post(cast.xiaozhang, subject=f"e{cast.xiaozhang.pk}", parent=str(above.pk), why="老客见顶")
        made = Objective.objects.get(title="开拓新客")
        assert answer.url == reverse("goals:objectives_key_results", args=[made.pk])
        assert (made.parent, made.employee, made.why) == (above, cast.xiaozhang, "老客见顶")

    def test_a_manager_for_their_people_and_units(self, cast: Cast) -> None:
        OrgUnit.objects.filter(pk=cast.east.pk).update(head=cast.manager_li)
        for subject in (f"e{cast.colleague.pk}", f"u{cast.east.pk}"):
            assert self.post(cast.manager_li, subject=subject).status_code == 302
        assert Objective.objects.filter(made_by=cast.manager_li).count() == 2

    def test_not_for_others(self, cast: Cast) -> None:
        for subject in (f"e{cast.colleague.pk}", f"u{cast.east.pk}", f"u{cast.company.pk}", "x", ""):
            assert self.post(cast.xiaozhang, subject=subject).status_code == 422
        assert not Objective.objects.exists()

    @pytest.mark.parametrize("parent", ["9999999", "x", "-1", "１", "1" * 30])
    def test_a_strange_parent_in_the_address_is_no_matter(self, cast: Cast, parent: str) -> None:
        answer = client_of(cast.xiaozhang).get(reverse("goals:objectives_new"), {"parent": parent})
        assert answer.status_code == 200

    def test_no_title_no_objective(self, cast: Cast) -> None:
        for title in ("", " ", "长" * 201):
            answer = self.post(cast.xiaozhang, subject=f"e{cast.xiaozhang.pk}", title=title)
            assert answer.status_code == 422


class TestChanging:
    def test_a_stale_form_is_told_so(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        address = reverse("goals:objectives_edit", args=[objective.pk])
        assert client_of(cast.xiaozhang).post(address, {"title": "新", "edition": "0"}).status_code == 302
        for edition in ("0", "", "x", "9" * 40):
            late = client_of(cast.manager_li).post(address, {"title": "晚", "edition": edition})
            assert late.status_code == 409
        assert Objective.objects.get().title == "新"

    def test_closing_needs_a_score_and_words(self, cast: Cast) -> None:
        objective = objective_of(cast.xiaozhang)
        address, client = reverse("goals:objectives_close", args=[objective.pk]), client_of(cast.xiaozhang)
        for score, words in (("1.1", "复盘"), ("-0.1", "复盘"), ("0.7", " "), ("", "复盘"), ("NaN", "复盘")):
            answer = client.post(address, {"score": score, "retrospective": words, "edition": "0"})
            assert answer.status_code == 422
        assert client.post(address, {"score": "0.7", "retrospective": "复盘", "edition": "0"}).status_code == 302
        page = client.get(reverse("goals:objectives_one", args=[objective.pk])).content.decode()
        assert "0.7" in page
        assert reverse("goals:objectives_edit", args=[objective.pk]) not in page


def rows(*given: dict[str, str], **more: str) -> dict[str, str]:
    """What the form of key results posts."""
    data = {"kr-TOTAL_FORMS": str(len(given)), "kr-INITIAL_FORMS": "0", "edition": "0", "do": "save", **more}
    for place, row in enumerate(given):
        data |= {f"kr-{place}-{name}": value for name, value in ({"kind": "increase"} | row).items()}
    return data


class TestKeyResultForm:
    @pytest.fixture
    def objective(self, cast: Cast) -> Objective:
        return objective_of(cast.xiaozhang)

    @pytest.fixture
    def post(self, cast: Cast, objective: Objective) -> Any:
        address = reverse("goals:objectives_key_results", args=[objective.pk])
        client = client_of(cast.xiaozhang)
        return lambda *given, **more: client.post(address, rows(*given, **more))

    def test_rows_become_key_results(self, post: Any) -> None:
        metric = metric_named("复购率", unit="%")
        answer = post(
            {"title": "复购率", "start": "22", "target": "28", "weight": "60", "metric": str(metric.pk)},
            {"title": "会员页上线", "kind": "milestone", "weight": "40"},
            {},
        )
        assert answer.status_code == 302
        first, second = KeyResult.objects.order_by("order")
        assert (first.start, first.target, first.weight, first.unit, first.metric) == (22, 28, D("0.6"), "%", metric)
        assert (second.kind, second.target, second.weight) == ("milestone", 1, D("0.4"))

    def test_wrong_sums_and_directions_are_said_and_keep_what_was_written(self, post: Any) -> None:
        for row in ({"weight": "90", "target": "28"}, {"weight": "100", "target": "-3"}):
            answer = post({"title": "复购率", "start": "0"} | row)
            assert answer.status_code == 200
            assert row["target"] in answer.content.decode()
        assert not KeyResult.objects.exists()

    def test_half_rows_and_nonsense_are_refused(self, post: Any) -> None:
        for row in (
            {"target": "28"},
            {"title": "复购率", "weight": "100"},
            {"title": "复购率", "target": "1e99", "weight": "100"},
            {"title": "复购率", "target": "NaN", "weight": "100"},
            {"title": "复购率", "target": "28", "weight": "101"},
            {"title": "复购率", "target": "28", "weight": "100", "kind": "other"},
            {"title": "复购率", "target": "28", "weight": "100", "metric": "999999"},
        ):
            assert post(row).status_code == 422
        assert not KeyResult.objects.exists()

    def test_weights_are_evened_out_before_saving(self, post: Any) -> None:
        row = {"title": "复购率", "target": "28"}
        answer = post(row, row, row, do="even")
        shown = [form["weight"].value() for form in answer.context["formset"]]
        assert shown == ["33.4", "33.3", "33.3"]
        assert not KeyResult.objects.exists()
        again = [{**row, "weight": weight} for weight in shown]
        assert post(*again).status_code == 302
        assert sum(KeyResult.objects.values_list("weight", flat=True)) == 1

    def test_another_row_keeps_what_was_written(self, post: Any) -> None:
        answer = post({"title": "复购率", "target": "二十八", "weight": "60"}, do="more")
        formset = answer.context["formset"]
        assert len(formset.forms) == 2
        assert [formset[0][name].value() for name in ("title", "target", "weight")] == ["复购率", "二十八", "60"]

    def test_a_form_without_its_management_rows(self, cast: Cast, objective: Objective) -> None:
        address = reverse("goals:objectives_key_results", args=[objective.pk])
        for data in ({}, {"do": "even"}, {"kr-TOTAL_FORMS": "99999", "kr-INITIAL_FORMS": "0", "do": "more"}):
            assert client_of(cast.xiaozhang).post(address, data).status_code in (200, 422)
        assert not KeyResult.objects.exists()


def test_a_key_result_is_broken_into_kpis_on_its_page(cast: Cast) -> None:
    result = key_result_of(objective_of(cast.xiaozhang, "提升客户复购率"))
    metric = metric_named("售后响应时间", unit="小时", direction="down", decimals=0)
    address = reverse("goals:objectives_kpis", args=[result.pk])
    data = {"kpi-TOTAL_FORMS": "2", "kpi-INITIAL_FORMS": "0", "edition": "0", "kpi-0-metric": str(metric.pk)}
    data |= {"kpi-0-position": str(cast.xiaozhang.position_id), "kpi-0-target": "2"}
    assert client_of(cast.xiaozhang).post(address, data).status_code == 302
    for name, args in (("objectives_one", [result.objective_id]), ("objectives_map", [])):
        page = client_of(cast.stranger).get(reverse(f"goals:{name}", args=args)).content.decode()
        assert "售后响应时间 ≤ 2 小时" in page


class TestWeekly:
    def line(self, result: KeyResult, **given: str) -> dict[str, str]:
        return {f"kr{result.pk}-{name}": value for name, value in ({"confidence": "7"} | given).items()}

    def test_all_my_key_results_stand_on_one_page(self, cast: Cast) -> None:
        mine = key_result_of(objective_of(cast.xiaozhang), title="我的")
        named = key_result_of(objective_of(cast.east), title="点名我的", owner=cast.xiaozhang)
        key_result_of(objective_of(cast.xiaozhang, state="closed"))
        key_result_of(objective_of(cast.colleague))
        page = client_of(cast.xiaozhang).get(reverse("goals:objectives_check_in"))
        assert {line.result for line in page.context["lines"]} == {mine, named}

    def test_one_line_is_saved_with_and_without_a_script(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        address, client = reverse("goals:objectives_report", args=[result.pk]), client_of(cast.xiaozhang)
        answer = client.post(address, self.line(result, value="4", note="上线了"))
        assert answer.url == reverse("goals:objectives_check_in")
        part = client.post(address, self.line(result, value="5"), headers={"HX-Request": "true"}).content.decode()
        assert f'id="kr-{result.pk}"' in part
        assert "<html" not in part
        assert [line.value for line in KeyResultCheckIn.objects.order_by("pk")] == [4, 5]
        page = client.get(reverse("goals:objectives_check_in"))
        assert [line.is_done for line in page.context["lines"]] == [True]

    def test_a_milestone_is_said_in_percent(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang), kind="milestone", target=D(1))
        address = reverse("goals:objectives_report", args=[result.pk])
        client_of(cast.xiaozhang).post(address, self.line(result, value="65"))
        result.refresh_from_db()
        assert result.current == D("0.65")

    @pytest.mark.parametrize(
        "given",
        [{}, {"value": "x"}, {"value": "1e99"}, {"value": "4", "confidence": "11"}, {"value": "4", "note": "长" * 301}],
    )
    def test_nonsense_is_said_at_its_field(self, cast: Cast, given: dict[str, str]) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        address = reverse("goals:objectives_report", args=[result.pk])
        client = client_of(cast.xiaozhang)
        assert client.post(address, self.line(result, **given)).status_code == 422
        assert client.post(address, self.line(result, **given), headers={"HX-Request": "true"}).status_code == 200
        assert not KeyResultCheckIn.objects.exists()

    def test_a_line_is_corrected_on_the_page_of_its_objective(self, cast: Cast) -> None:
        result = key_result_of(objective_of(cast.xiaozhang))
        address, client = reverse("goals:objectives_report", args=[result.pk]), client_of(cast.xiaozhang)
        client.post(address, self.line(result, value="40"))
        said = KeyResultCheckIn.objects.get()
        right = self.line(result, value="4", corrects=str(said.pk))
        assert client.post(address, right).status_code == 302
        assert client.post(address, right).status_code == 409
        result.refresh_from_db()
        assert result.current == 4

    def test_a_line_of_another_key_result_is_not_corrected(self, cast: Cast) -> None:
        mine, other = (key_result_of(objective_of(each)) for each in (cast.xiaozhang, cast.colleague))
        theirs = self.line(other, value="1")
        client_of(cast.colleague).post(reverse("goals:objectives_report", args=[other.pk]), theirs)
        said = KeyResultCheckIn.objects.get()
        address = reverse("goals:objectives_report", args=[mine.pk])
        answer = client_of(cast.xiaozhang).post(address, self.line(mine, value="4", corrects=str(said.pk)))
        assert answer.status_code == 302
        assert not KeyResultCheckIn.objects.filter(corrects__isnull=False).exists()


class TestMap:
    def test_moving_by_form_and_by_script(self, cast: Cast) -> None:
        above, below = objective_of(cast.east, "小组的"), objective_of(cast.xiaozhang, "我的")
        address, client = reverse("goals:objectives_move", args=[below.pk]), client_of(cast.xiaozhang)
        assert "小组的" in client.get(address, {"q": "小组"}).content.decode()
        assert client.post(address, {"parent": str(above.pk), "edition": "0"}).status_code == 302
        below.refresh_from_db()
        assert below.parent == above
        said = client.post(address, {"parent": "", "edition": "1"}, headers={"Accept": "application/json"}).json()
        assert said["edition"] == 2
        refused = client.post(address, {"parent": "", "edition": "1"}, headers={"Accept": "application/json"})
        assert refused.status_code == 409
        assert refused.json()["error"]["code"] == "objective_changed"

    def test_a_parent_that_does_not_exist(self, cast: Cast) -> None:
        below = objective_of(cast.xiaozhang)
        address = reverse("goals:objectives_move", args=[below.pk])
        answer = client_of(cast.xiaozhang).post(address, {"parent": "999999", "edition": "0"})
        assert answer.status_code == 404

    def test_search_and_focus(self, cast: Cast) -> None:
        top = objective_of(cast.company, "公司的")
        mine = objective_of(cast.xiaozhang, "我的", parent=top)
        client = client_of(cast.stranger)
        found = client.get(reverse("goals:objectives_map"), {"q": "小张"}).content.decode()
        assert f"?at={mine.pk}#objective-{mine.pk}" in found
        focus = client.get(reverse("goals:objectives_map"), {"root": str(mine.pk)})
        assert [each.title for each in focus.context["map"].above] == ["公司的"]
        for strange in ("999999", "x", "9" * 30):
            assert client.get(reverse("goals:objectives_map"), {"at": strange}).status_code in (200, 404)

    def test_only_what_one_may_change_has_a_handle(self, cast: Cast) -> None:
        mine, other = objective_of(cast.xiaozhang), objective_of(cast.stranger)
        page = client_of(cast.xiaozhang).get(reverse("goals:objectives_map")).content.decode()
        assert reverse("goals:objectives_move", args=[mine.pk]) in page
        assert reverse("goals:objectives_move", args=[other.pk]) not in page


class TestSharePage:
    def test_it_is_for_those_who_speak_for_the_company(self, cast: Cast) -> None:
        address = reverse("goals:objectives_share")
        assert client_of(cast.executive_chen).get(address).status_code == 200
        for person in (cast.hrbp_wang, cast.manager_li, cast.administrator):
            assert client_of(person).get(address).status_code == 403

    def test_nonsense_is_said_at_its_field(self, cast: Cast) -> None:
        address = reverse("goals:objectives_set_share", args=[cycle_around().pk])
        for share, reason in (("101", "试行"), ("-1", "试行"), ("20", ""), ("x", "试行")):
            answer = client_of(cast.executive_chen).post(address, {"share": share, "seen": "0", "reason": reason})
            assert answer.status_code == 422
        assert Cycle.objects.get().okr_share == 0
