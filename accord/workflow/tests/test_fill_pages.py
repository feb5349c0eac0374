"""The pages of a form that is filled in: who may, what a save answers, and that everything works without a script."""

from __future__ import annotations

import json
import re
from typing import Any, ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accord.workflow.models import Flow, FlowInstance, FlowTask, FlowVersion, FormFill
from accord.workflow.queries.own_forms import own_data
from accord.workflow.services.attachments import attach
from accord.workflow.services.fills import save_answers, start_fill, submit_turn
from accord.workflow.services.merging import Change
from accord.workflow.tests.form_samples import CHECK_IN, FILES, SUMMARY, change, field, filled_by, published
from accord.workflow.tests.test_attachments import PNG
from tests.cast import Cast
from tests.ladder import Ladder

OTHERS = ("manager_li", "hrbp_wang", "executive_chen", "colleague", "stranger", "administrator", "auditor")


class OfDraft(Ladder):
    """A draft is its author's alone, whatever others may see of the person."""

    may_open: ClassVar = ("xiaozhang",)
    hidden_from = OTHERS

    def make(self, cast: Cast) -> FormFill:
        return filled_by(cast.xiaozhang)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestDraft(OfDraft):
    url_name = "workflow:fill"
    wrong_verbs = ("delete", "put")


class TestSave(OfDraft):
    url_name = "workflow:save_fill"
    method = "post"

    # A form's post is no message; what a message does is tested below.
    works_with = (400,)


class TestDiscard(OfDraft):
    url_name = "workflow:discard_fill"
    method = "post"


class TestAttach(OfDraft):
    url_name = "workflow:attach"
    method = "post"

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk, "files"]

    def payload(self, cast: Cast) -> dict[str, Any]:
        return {"files": SimpleUploadedFile("照片.png", PNG)}


class TestAttachment(OfDraft):
    url_name = "workflow:attachment"

    def make(self, cast: Cast) -> Any:
        return attach(filled_by(cast.xiaozhang), FILES, SimpleUploadedFile("照片.png", PNG), cast.xiaozhang)


class TestDraftAboutSomebody(OfDraft):
    """Whom it is about does not read half a sentence either."""

    url_name = "workflow:fill"
    wrong_verbs = ("delete",)
    may_open: ClassVar = ("manager_li",)
    hidden_from = ("xiaozhang", "hrbp_wang", "executive_chen", "stranger")

    def make(self, cast: Cast) -> FormFill:
        return filled_by(cast.manager_li, person=cast.xiaozhang)


class TestSubmittedAboutSomebody(Ladder):
    """Once submitted, whom it is about reads it; nobody further does."""

    url_name = "workflow:fill"
    may_open: ClassVar = ("manager_li", "xiaozhang")
    hidden_from = ("hrbp_wang", "executive_chen", "colleague", "stranger", "administrator")
    wrong_verbs = ("delete",)

    def make(self, cast: Cast) -> FormFill:
        secret = field("secret", label="仅自己备忘", rights={"lead": "hide"})
        fill = filled_by(cast.manager_li, [SUMMARY, secret], person=cast.xiaozhang)
        return submit_turn(fill, "start", {"summary": "谈得不错", "secret": "金丝雀"}, cast.manager_li)

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]

    def opened(self, response: HttpResponse, cast: Cast) -> None:
        text = response.content.decode()
        assert "谈得不错" in text
        assert ("金丝雀" in text) == (response.wsgi_request.user == cast.manager_li.user)
        assert "<textarea" not in text


class TestWritingInWhatMayBeRead(Ladder):
    url_name = "workflow:save_fill"
    method = "post"
    may_open: ClassVar = ("manager_li",)
    refused_to: ClassVar = ("xiaozhang",)
    works_with = (400,)

    def make(self, cast: Cast) -> FormFill:
        fill = filled_by(cast.manager_li, [SUMMARY], person=cast.xiaozhang)
        return in_flow(submit_turn(fill, "start", {"summary": "好"}, cast.manager_li), cast.manager_li, "fill")

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.pk]


class TestMyForms(Ladder):
    url_name = "workflow:fills"
    may_open: ClassVar = ("xiaozhang", "stranger", "administrator")
    hidden_from = ()


def in_flow(fill: FormFill, assignee: Any, kind: str, step: str = "lead", state: str = "open") -> FormFill:
    """The fill in a flow that waits for somebody."""
    flow = Flow.objects.create(code=f"flow-{Flow.objects.count()}", name="审批", form=fill.version.form)
    by = [{"by": "named", "employees": [assignee.employee_no]}]
    nodes = [
        {"kind": "start", "key": "start", "step": "start"},
        {"kind": kind, "key": "one", "step": step, "approvers": by},
    ]
    version = FlowVersion.objects.create(flow=flow, number=1, state="published", body={"v": 1, "nodes": nodes})
    instance = FlowInstance.objects.create(
        version=version,
        title="月度进展",
        starter=fill.author,
        person=fill.person or fill.author,
        fill=fill,
        node_key="one",
    )
    FlowTask.objects.create(instance=instance, node_key="one", round=1, kind=kind, assignee=assignee, state=state)
    return fill


@pytest.fixture
def zhang(client: Client, cast: Cast) -> Client:
    client.force_login(cast.xiaozhang.user)
    return client


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person.user)
    return client


def page_of(fill: FormFill) -> str:
    return reverse("workflow:fill", args=[fill.pk])


def autosave(client: Client, fill: FormFill, window: str = "w", revision: int = 0, **changes: Any) -> dict[str, Any]:
    message = {"revision": revision, "window": window, "seconds": 0, "changes": changes}
    answer = client.post(
        reverse("workflow:save_fill", args=[fill.pk]), json.dumps(message), content_type="application/json"
    )
    assert answer.status_code == 200, answer.content.decode()
    told: dict[str, Any] = answer.json()
    return told


def as_a_browser_sends(client: Client, fill: FormFill) -> dict[str, Any]:
    """What the page would send if nothing were typed."""
    page = client.get(page_of(fill)).content.decode()
    form = page[page.index('enctype="multipart/form-data"') :]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        found = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if found.get("type") in ("hidden", "text", "date") and "name" in found:
            sent[found["name"]] = found.get("value", "").replace("&quot;", '"').replace("&#x27;", "'")
    return sent


def test_a_form_of_every_kind_is_filled_in_without_a_script(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, CHECK_IN)
    sent = as_a_browser_sends(zhang, fill)
    sent |= {"summary": "退货降下来了", "score": "55", "mood": "2", "mode": "home", "needs": ["time", "people"]}
    sent |= {"goals-0-what": "盯物流", "goals-0-until": "2026-12-20", "goals-0-who": "李经理", "buddy": "小林（A012）"}
    sent |= {"unit": "客服部", "praise-situation": "周会", "praise-behaviour": "先给数据", "praise-impact": "定得快"}
    saved = zhang.post(page_of(fill), {**sent, "do": "save"})
    assert (saved.status_code, saved["Location"]) == (302, page_of(fill))
    page = zhang.get(page_of(fill)).content.decode()
    assert re.search(r'data-field="why" data-kind="long_text">', page), "the condition holds now"
    assert "<output data-calculated>110</output>" in page
    assert 'name="goals-1-what"' in page, "a table grows by saving"
    refused = zhang.post(
        page_of(fill), {**as_a_browser_sends(zhang, fill), "mood": "2", "mode": "home", "do": "submit"}
    )
    assert refused.status_code == 422
    assert "请填写“低于六十分的原因”" in refused.content.decode()
    assert "退货降下来了" in refused.content.decode()
    sent = as_a_browser_sends(zhang, fill) | {"mood": "2", "mode": "home", "needs": ["time", "people"]}
    sent |= {"praise-situation": "周会", "praise-behaviour": "先给数据", "praise-impact": "定得快", "why": "物流慢"}
    assert zhang.post(page_of(fill), {**sent, "do": "submit"}).status_code == 302
    fill.refresh_from_db()
    assert fill.state == "submitted"
    assert fill.answers == {
        "summary": "退货降下来了", "score": "55", "why": "物流慢", "double": "110", "mood": 2, "mode": "home",
        "needs": ["time", "people"], "buddy": cast.colleague.pk, "unit": cast.service.pk,
        "goals": [{"what": "盯物流", "until": "2026-12-20", "who": cast.manager_li.pk}],
        "praise": {"situation": "周会", "behaviour": "先给数据", "impact": "定得快"},
    }  # fmt: skip
    read = zhang.get(page_of(fill)).content.decode()
    for words in ("2 · 还行", "时间、人手", "小林（A012）", "远航电商/客服部", "盯物流", "先给数据"):
        assert words in read, words


def test_a_save_answers_what_is_to_be_seen_and_calculated(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    told = autosave(zhang, fill, score=change("", "70"))
    assert told["revision"] == 1
    assert "why" not in told["visible"]
    assert (told["values"], told["optional"]) == ({"double": "140.0"}, 1)
    told = autosave(zhang, fill, revision=1, score=change("70", "40"))
    assert "why" in told["visible"]
    assert told["progress"] == {"filled": 1, "of": 4}
    assert told["answers"] == {}


def test_two_windows_keep_both_texts_and_the_person_chooses(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    autosave(zhang, fill, "desk", summary=change("", "桌面写的"))
    told = autosave(zhang, fill, "phone", summary=change("", "手机写的"), score=change("", "88"))
    assert set(told["conflicts"]) == {"summary"}
    assert "桌面写的" in told["conflicts"]["summary"]
    assert told["answers"]["summary"] == "桌面写的"
    page = zhang.get(page_of(fill)).content.decode()
    assert "手机写的" in page
    assert 'value="88"' in page
    zhang.post(page_of(fill), {"do": "settle:summary:phone:aside"})
    fill.refresh_from_db()
    assert (fill.answers["summary"], fill.set_aside) == ("手机写的", {})


def test_a_window_without_a_script_loses_no_words_to_another(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    first, second = as_a_browser_sends(zhang, fill), as_a_browser_sends(zhang, fill)
    zhang.post(page_of(fill), {**first, "summary": "第一窗"})
    zhang.post(page_of(fill), {**second, "summary": "第二窗", "score": "70"})
    fill.refresh_from_db()
    assert fill.answers == {"summary": "第一窗", "score": "70"}
    assert list(fill.set_aside["summary"].values()) == ["第二窗"]


def test_a_row_is_removed_without_a_script(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, CHECK_IN)
    rows = [{"what": "一"}, {"what": "二"}, {"what": "三"}]
    save_answers(fill, "start", {"goals": Change(None, rows)}, 0, cast.xiaozhang)
    zhang.post(page_of(fill), {**as_a_browser_sends(zhang, fill), "do": "drop:goals:1"})
    fill.refresh_from_db()
    assert fill.answers["goals"] == [{"what": "一"}, {"what": "三"}]


@pytest.mark.parametrize(
    "message",
    [
        "", "[]", "nonsense", "[" * 5000, '{"changes": 3}', '{"changes": {"summary": 3, "nobody": {"after": "x"}}}',
        '{"changes": {"summary": {"before": [], "after": {"a": 1}}, "score": {"after": true}}}',
        '{"revision": "x", "window": {}, "seconds": -5, "changes": {"summary": {"after": "a\\u0000b"}}}',
        '{"changes": {"files": {"after": [1, 2]}, "double": {"after": "9"}}}',
    ],
)  # fmt: skip
def test_strange_messages_break_nothing(zhang: Client, cast: Cast, message: str) -> None:
    fill = filled_by(cast.xiaozhang)
    here = reverse("workflow:save_fill", args=[fill.pk])
    answer = zhang.post(here, message, content_type="application/json")
    assert answer.status_code in (200, 400)
    fill.refresh_from_db()
    assert fill.answers in ({}, {"summary": "ab"})


def test_huge_input_is_refused_with_a_sentence(zhang: Client, cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang)
    message = {"changes": {"summary": change("", "长" * 99_000)}}
    here = reverse("workflow:save_fill", args=[fill.pk])
    answer = zhang.post(
        here, json.dumps(message), content_type="application/json", headers={"accept": "application/json"}
    )
    assert answer.status_code == 422
    assert "256 KB" in answer.json()["error"]["message"]


def test_the_turn_of_a_flow_has_the_rights_of_its_step(cast: Cast) -> None:
    verdict = field("verdict", label="主管意见", rights={"start": "hide", "lead": "edit"})
    fill = filled_by(cast.xiaozhang, [SUMMARY, verdict])
    submit_turn(fill, "start", {"summary": "写好了"}, cast.xiaozhang)
    in_flow(fill, cast.manager_li, "approve")
    li = signed_in(cast.manager_li)
    page = li.get(page_of(fill)).content.decode()
    assert 'name="verdict"' in page
    assert 'name="summary"' not in page
    assert 'value="submit"' not in page
    autosave(li, fill, verdict=change("", "同意"), summary=change("写好了", "改掉"))
    fill.refresh_from_db()
    assert fill.answers == {"summary": "写好了", "verdict": "同意"}
    author = signed_in(cast.xiaozhang).get(page_of(fill)).content.decode()
    assert "同意" not in author
    assert signed_in(cast.hrbp_wang).get(page_of(fill)).status_code == 404


def test_a_place_in_a_sequence_that_has_not_come_sees_nothing_yet(cast: Cast) -> None:
    fill = submit_turn(filled_by(cast.xiaozhang, [SUMMARY]), "start", {"summary": "好"}, cast.xiaozhang)
    in_flow(fill, cast.manager_li, "approve", state="waiting")
    assert signed_in(cast.manager_li).get(page_of(fill)).status_code == 404


@pytest.mark.parametrize("address", ["//evil.example/x", "https://evil.example/", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(zhang: Client, cast: Cast, address: str) -> None:
    fill = filled_by(cast.xiaozhang)
    assert zhang.post(page_of(fill), {"back": address})["Location"] == page_of(fill)
    assert zhang.post(page_of(fill), {"back": "/goals/"})["Location"] == "/goals/"


def test_lists_cost_the_same_for_ten_and_twenty(
    zhang: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    version, counted = published([SUMMARY]), []
    for _round in range(2):
        for _each in range(5):
            start_fill(version, cast.xiaozhang, person=cast.colleague)
            submit_turn(start_fill(version, cast.xiaozhang), "start", {"summary": "好"}, cast.xiaozhang)
        zhang.get(reverse("workflow:fills"))
        with django_assert_num_queries(counted[0] if counted else 99, exact=bool(counted)) as queries:
            zhang.get(reverse("workflow:fills"))
        counted.append(len(queries.captured_queries))
    assert counted[0] == counted[1]


def test_a_save_costs_few_statements_however_long_the_form(
    zhang: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fill = filled_by(cast.xiaozhang, [field(f"f{number}") for number in range(60)])
    autosave(zhang, fill, f0=change("", "一"))
    with django_assert_max_num_queries(16):
        autosave(zhang, fill, revision=1, **{f"f{number}": change("", "二") for number in range(1, 60)})


def test_own_data_holds_what_one_wrote_and_what_one_may_see(cast: Cast) -> None:
    secret = field("secret", label="备忘", rights={"lead": "hide"})
    fill = filled_by(cast.manager_li, [SUMMARY, secret], person=cast.xiaozhang)
    draft = own_data(cast.xiaozhang.user)
    submit_turn(fill, "start", {"summary": "谈得不错", "secret": "金丝雀"}, cast.manager_li)
    assert draft["about_me"] == []
    (about_me,) = own_data(cast.xiaozhang.user)["about_me"]
    assert about_me["answers"] == {"一句话总结": "谈得不错"}
    (mine,) = own_data(cast.manager_li.user)["filled_in"]
    assert mine["answers"] == {"一句话总结": "谈得不错", "备忘": "金丝雀"}
    assert own_data(cast.stranger.user) == {"filled_in": [], "about_me": []}
