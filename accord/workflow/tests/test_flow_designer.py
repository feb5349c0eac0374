"""The designer's addresses: who may, what is kept, what is refused in words, what a dry run finds."""

from __future__ import annotations

import json
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowVersion
from accord.workflow.tests.flow_designer_builders import branched_flow, flow_to_design
from tests.cast import Cast
from tests.ladder import Ladder

pytestmark = pytest.mark.django_db


class DesignerLadder(Ladder):
    may_open = ("hrbp_wang", "administrator")
    hidden_from = ("stranger", "xiaozhang", "manager_li", "executive_chen", "auditor")

    def make(self, cast: Cast) -> FlowVersion:
        return flow_to_design(cast.hrbp_wang)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class JsonLadder(DesignerLadder):
    method = "post"
    may_open = ("hrbp_wang",)
    wrong_verbs = ("delete", "put")
    more: ClassVar[dict[str, Any]] = {}

    def _ask(
        self, name: str | None, cast: Cast, verb: str | None = None, args: list[Any] | None = None
    ) -> HttpResponse:
        client = Client()
        if name:
            client.force_login(getattr(cast, name).user)
        address = reverse(self.url_name, args=self.args(cast) if args is None else args)
        sent = json.dumps({"body": branched_flow(), "revision": 0, **self.more})
        return getattr(client, verb or self.method)(address, data=sent, content_type="application/json")


class TestDesigner(DesignerLadder):
    url_name = "workflow:flow_designer"


class TestExport(DesignerLadder):
    url_name = "workflow:flow_designer_export"

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        assert json.loads(response.content) == branched_flow()
        assert response["Content-Disposition"] == 'attachment; filename="leave-approval-v1.json"'


class TestReplace(DesignerLadder):
    url_name = "workflow:flow_designer_replace"
    method = "post"
    may_open = ("hrbp_wang",)

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"revision": 0, "text": json.dumps(branched_flow())}


class TestSave(JsonLadder):
    url_name = "workflow:flow_designer_save"


class TestCheck(JsonLadder):
    url_name = "workflow:flow_designer_check"


class TestRehearse(JsonLadder):
    url_name = "workflow:flow_designer_rehearse"
    more: ClassVar[dict[str, Any]] = {"starter": "A011"}


@pytest.fixture
def version(cast: Cast) -> FlowVersion:
    return flow_to_design(cast.hrbp_wang)


@pytest.fixture
def hr(client: Client, cast: Cast) -> Client:
    client.force_login(cast.hrbp_wang.user)
    return client


def send(client: Client, what: str, version: FlowVersion, content: Any, language: str = "zh-hans") -> HttpResponse:
    sent = content if isinstance(content, bytes) else json.dumps(content).encode()
    headers = {"Accept": "application/json", "Accept-Language": language}
    address = reverse(f"workflow:flow_designer_{what}", args=[version.pk])
    return client.post(address, data=sent, content_type="application/json", headers=headers)


def problems_with(client: Client, version: FlowVersion, body: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in send(client, "check", version, {"body": body}).json()["problems"]:
        found.setdefault(problem["id"], []).append(problem["text"])
    return found


def test_a_save_is_kept_with_who_and_which(hr: Client, version: FlowVersion, cast: Cast) -> None:
    body = branched_flow()
    body["nodes"][1]["name"]["zh"] = "主管"
    answer = send(hr, "save", version, {"body": body, "revision": 0})
    assert answer.json()["revision"] == 1
    version.refresh_from_db()
    assert (version.body, version.revision, version.saved_by) == (body, 1, cast.hrbp_wang)


def test_whoever_saves_second_is_told_what_the_first_changed_and_nothing_is_lost(
    hr: Client, version: FlowVersion, cast: Cast
) -> None:
    theirs, mine = branched_flow(), branched_flow()
    theirs["nodes"][1]["deadline"]["days"] = 5
    send(hr, "save", version, {"body": theirs, "revision": 0})
    answer = send(hr, "save", version, {"body": mine, "revision": 0})
    assert answer.status_code == 409
    conflict = answer.json()["conflict"]
    assert conflict["by"] == "王HRBP"
    assert (conflict["body"], conflict["revision"]) == (theirs, 1)
    assert [sentence for sentence in conflict["differences"] if "直属上级审批" in sentence and "5 天" in sentence]
    version.refresh_from_db()
    assert version.body == theirs


def test_what_is_no_draft_any_more_is_not_changed(hr: Client, cast: Cast) -> None:
    published = flow_to_design(cast.hrbp_wang, state="published")
    answer = send(hr, "save", published, {"body": {"v": 1, "nodes": branched_flow()["nodes"][:2]}, "revision": 0})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "version_not_a_draft")
    published.refresh_from_db()
    assert published.body == branched_flow()
    page = hr.get(reverse("workflow:flow_designer", args=[published.pk])).content.decode()
    assert '"editable": false' in page
    assert 'name="text"' not in page


def deep(levels: int) -> dict[str, Any]:
    nodes: list[Any] = []
    for level in range(levels):
        ways = [{"key": "a", "when": "days > 1", "nodes": nodes}, {"key": "b", "nodes": []}]
        nodes = [{"kind": "branch", "key": f"fork{level}", "branches": ways}]
    return {"v": 1, "nodes": [{"kind": "start", "key": "start"}, *nodes]}


@pytest.mark.parametrize("what", ["save", "check", "rehearse"])
@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (b"{", 422, "definition_not_understood"),
        (b"[" * 100_000, 422, "definition_not_understood"),
        (b'{"body": {"v": 1, "nodes": NaN}, "revision": 0}', 422, "definition_not_understood"),
        (json.dumps({"body": {"v": 1, "nodes": ["x" * 2_000_000]}}).encode(), 422, "definition_too_large"),
        ({"body": None, "revision": 0}, 422, "definition_not_understood"),
        ({"body": [1, 2], "revision": 0}, 422, "definition_not_understood"),
        ({"body": {"v": 1}, "revision": 0}, 422, "definition_not_understood"),
        ({"body": {"v": 1, "nodes": []}, "revision": 0}, 422, "definition_not_understood"),
        ({"body": {"v": 1, "nodes": [{"kind": ["start"], "key": "start"}]}}, 422, "definition_not_understood"),
        ({"body": {"v": 1, "nodes": [{"kind": "start", "key": 7}]}}, 422, "definition_not_understood"),
        ({"body": {"v": 1, "nodes": [{"kind": "cc", "key": "a", "approvers": "x"}]}}, 422, "definition_not_understood"),
        ({"body": {"v": 1, "nodes": [{"kind": "branch", "key": "a"}]}}, 422, "definition_not_understood"),
        ({"body": deep(40), "revision": 0}, 422, "definition_not_understood"),
        ({"body": branched_flow(), "revision": "x"}, 400, "not_understood"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, bytes | dict) else "",
)
def test_what_is_no_flow_is_refused_in_words(
    hr: Client, version: FlowVersion, what: str, sent: Any, status: int, code: str
) -> None:
    answer = send(hr, what, version, sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"]
    version.refresh_from_db()
    assert version.body == branched_flow()


def test_each_problem_stands_at_its_card(hr: Client, version: FlowVersion) -> None:
    body = branched_flow()
    lead, fork = body["nodes"][1], body["nodes"][2]
    lead["approvers"] = []
    fork["branches"][0]["when"] = ""
    fork["branches"][1]["when"] = "9**9**9"
    fork["branches"][0]["nodes"][0]["deadline"]["days"] = 0
    found = problems_with(hr, version, body)
    assert set(found) == {"lead", "length/long", "length/sick", "upper"}
    assert found["length/long"] == ["这个分支还没有设置条件。"]
    assert "没有设置由谁处理" in found["lead"][0]


def test_a_draft_with_problems_is_kept_all_the_same(hr: Client, version: FlowVersion) -> None:
    body = {"v": 1, "nodes": [{"kind": "start", "key": "start"}, {"kind": "unheard", "key": "x", "name": None}]}
    answer = send(hr, "save", version, {"body": body, "revision": 0})
    assert answer.status_code == 200
    assert answer.json()["problems"]
    assert hr.get(reverse("workflow:flow_designer", args=[version.pk])).status_code == 200


def test_conditions_know_the_form_and_the_people(hr: Client, version: FlowVersion) -> None:
    body = branched_flow()
    body["nodes"][2]["branches"][0]["when"] = "person.position = '销售代表' and days > 3"
    assert problems_with(hr, version, body) == {}
    body["nodes"][2]["branches"][0]["when"] = "salary > 3"
    assert "salary" in problems_with(hr, version, body)["length/long"][0]


def test_every_card_is_put_into_words(hr: Client, version: FlowVersion) -> None:
    said = send(hr, "check", version, {"body": branched_flow()}).json()["sentences"]
    assert said["lead"] == "直属上级 · 3 天内，到期提醒"
    assert said["upper"] == "第 2 级上级、HRBP · 会签 · 2 天内，逾期转上级"
    assert said["length/long"] == "请假天数 ≥ 5"
    assert said["length/sick"] == "假期类型 = 病假"
    assert said["pause"] == "2 天后继续"


def rehearsed(client: Client, version: FlowVersion, body: dict[str, Any], **asked: Any) -> dict[str, Any]:
    answer = send(client, "rehearse", version, {"body": body, "starter": "小张", **asked})
    assert answer.status_code == 200, answer.content.decode()
    return answer.json()


def test_a_dry_run_names_real_people_and_starts_nothing(hr: Client, version: FlowVersion) -> None:
    run = rehearsed(hr, version, branched_flow(), values={"days": "7"})
    assert [(step["id"], step["who"]) for step in run["way"]] == [
        ("start", "小张"),
        ("lead", "李经理"),
        ("length/long", "请假天数 ≥ 5"),
        ("upper", "陈总、王HRBP"),
        ("told", "王HRBP"),
    ]
    assert run["ending"] == "随后流程结束。"
    assert not FlowInstance.objects.exists()


@pytest.mark.parametrize(
    ("values", "way"), [({"kind": "sick"}, "length/sick"), ({"days": "no number"}, "length/otherwise")]
)
def test_a_dry_run_takes_the_branch_its_values_lead_to(
    hr: Client, version: FlowVersion, values: dict[str, str], way: str
) -> None:
    taken = [step["id"] for step in rehearsed(hr, version, branched_flow(), values=values)["way"]]
    assert [step for step in taken if "/" in step] == [way]


def test_a_dry_run_says_where_nobody_is_found(hr: Client, version: FlowVersion, cast: Cast) -> None:
    Employee.objects.filter(pk=cast.manager_li.pk).update(status="left")
    body = branched_flow()
    body["nodes"][1] |= {"approvers": [{"by": "named", "employees": ["A010"]}], "empty": {"then": "refuse"}}
    run = rehearsed(hr, version, body)
    assert run["ending"] == "流程到此结束：找不到处理人，自动拒绝。"
    assert len(run["way"]) == 2
    body["nodes"][1]["empty"] = {"then": "administrator"}
    assert rehearsed(hr, version, body)["way"][1]["who"] == "郑管理员"


def test_a_dry_run_of_an_unfinished_flow_says_what_comes_first(hr: Client, version: FlowVersion) -> None:
    body = branched_flow()
    body["nodes"][1]["approvers"] = []
    answer = send(hr, "rehearse", version, {"body": body, "starter": "小张"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "flow_not_ready")
    assert "直属上级审批" in answer.json()["error"]["message"]


def test_a_dry_run_for_nobody_asks_for_somebody(hr: Client, version: FlowVersion) -> None:
    answer = send(hr, "rehearse", version, {"body": branched_flow(), "starter": "没有这个人"})
    assert answer.status_code in (404, 422)
    assert "没有这个人" in answer.json()["error"]["message"]


def by_hand(client: Client, version: FlowVersion, **sent: Any) -> HttpResponse:
    return client.post(reverse("workflow:flow_designer_replace", args=[version.pk]), {"revision": 0, **sent})


def test_without_a_script_a_file_takes_the_place_of_the_flow(hr: Client, version: FlowVersion) -> None:
    body = {"v": 1, "nodes": branched_flow()["nodes"][:2]}
    file = SimpleUploadedFile("flow.json", json.dumps(body).encode("utf-8"), "application/json")
    assert by_hand(hr, version, file=file, text="{").status_code == 302
    version.refresh_from_db()
    assert version.body == body


def test_without_a_script_nobody_overwrites_unseen_and_what_was_written_stays(hr: Client, version: FlowVersion) -> None:
    FlowVersion.objects.filter(pk=version.pk).update(revision=3)
    answer = by_hand(hr, version, text=json.dumps({"v": 1, "nodes": branched_flow()["nodes"][:1]}))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "王HRBP" in page
    assert "&quot;kind&quot;: &quot;start&quot;" in page
    version.refresh_from_db()
    assert version.body == branched_flow()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"v": 1, "nodes": {}}'])
def test_without_a_script_bad_json_is_said_at_the_field(hr: Client, version: FlowVersion, text: str) -> None:
    answer = by_hand(hr, version, text=text)
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode()


def test_the_page_asks_the_same_for_a_long_flow(
    hr: Client, version: FlowVersion, django_assert_max_num_queries
) -> None:
    address = reverse("workflow:flow_designer", args=[version.pk])
    hr.get(address)
    body = branched_flow()
    one = {"kind": "cc", "approvers": [{"by": "named", "employees": ["A010", "A011"]}]}
    body["nodes"] += [one | {"key": f"more{at}"} for at in range(40)]
    FlowVersion.objects.filter(pk=version.pk).update(body=body)
    with django_assert_max_num_queries(30):
        assert hr.get(address).status_code == 200
