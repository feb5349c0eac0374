"""Starting a flow and having a turn at its form, all without a script."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.people.models import Employee, Position
from accord.workflow.models import FlowInstance, FlowVersion, FormFill
from accord.workflow.tests import form_samples
from accord.workflow.tests.flows.builders import again, approve, published, task_of, told, where
from accord.workflow.tests.form_samples import field
from tests.cast import Cast
from tests.ladder import Ladder

HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">')
NOTE = field("note", "long_text", "审批备注", rights={"start": "hide", "lead": "edit"}, required=True)
FIELDS = (
    field("customer", label="客户名称", required=True),
    field("discount", "number", "折扣", unit="%", min=0, max=60, required=True),
    NOTE,
)
LARGE = {"key": "large", "name": {"zh": "大折扣"}, "when": "discount > 15"}
MANAGER = {"by": "manager", "level": 1}


def offered(cast: Cast, *nodes: dict[str, Any], fields: Any = FIELDS, positions: tuple[str, ...] = ()) -> FlowVersion:
    """A flow with a form, offered to everybody or to some positions."""
    large = {**LARGE, "nodes": [approve("above", cast.executive_chen, name={"zh": "总经理"})]}
    fork = {"kind": "branch", "key": "fork", "branches": [large, {"key": "else", "nodes": []}]}
    version = published(approve("lead", MANAGER, step="lead", name={"zh": "直属上级"}), fork, *nodes)
    form = form_samples.published(fields, title="特价申请单").form if fields else None
    if form:
        form.positions.set(Position.objects.filter(name__in=positions))
    type(version.flow).objects.filter(pk=version.flow_id).update(form=form, is_offered=True, name="特价申请")
    return FlowVersion.objects.select_related("flow").get(pk=version.pk)


class TestStartList(Ladder):
    url_name = "workflow:start_list"
    may_open = ("xiaozhang", "administrator")
    hidden_from = ()


class TestStart(Ladder):
    url_name = "workflow:start"
    may_open = ("xiaozhang", "colleague")
    hidden_from = ("manager_li", "stranger", "administrator", "executive_chen")
    wrong_verbs = ("delete", "put")

    def make(self, cast: Cast) -> FlowVersion:
        return offered(cast, positions=("销售代表",))

    def args(self, cast: Cast) -> list[Any]:
        return [self.thing.flow_id]


def browser(person: Employee) -> Client:
    client = Client()
    assert person.user
    client.force_login(person.user)
    return client


def post(person: Employee, version: FlowVersion, do: str = "submit", **payload: Any) -> HttpResponse:
    return browser(person).post(reverse("workflow:start", args=[version.flow_id]), {"do": do, **payload})


def text_of(response: HttpResponse) -> str:
    return str(response.content.decode())


def carried(response: HttpResponse) -> dict[str, str]:
    """The hidden fields of a page, which a browser sends along."""
    return {match[1]: unescape(match[2]) for match in HIDDEN.finditer(text_of(response))}


def begun(person: Employee, version: FlowVersion) -> dict[str, Any]:
    """Begin a draft; what its page sends along."""
    post(person, version, do="begin")
    page = browser(person).get(reverse("workflow:start", args=[version.flow_id]))
    return {**carried(page), "title": "给华星贸易的折扣"}


def test_only_what_is_offered_published_and_meant_for_me_can_be_started(cast: Cast) -> None:
    version = offered(cast, positions=("销售代表",))
    address = reverse("workflow:start", args=[version.flow_id])
    listed = reverse("workflow:start_list")
    assert address in text_of(browser(cast.xiaozhang).get(listed))
    assert address not in text_of(browser(cast.stranger).get(listed))
    FlowVersion.objects.filter(pk=version.pk).update(state="retired")
    assert address not in text_of(browser(cast.xiaozhang).get(listed))
    assert browser(cast.xiaozhang).get(address).status_code == 404


def test_looking_begins_nothing_and_beginning_twice_is_one_draft(cast: Cast) -> None:
    version = offered(cast)
    client = browser(cast.xiaozhang)
    assert "开始填写" in text_of(client.get(reverse("workflow:start", args=[version.flow_id])))
    assert not FormFill.objects.exists()
    begun(cast.xiaozhang, version)
    post(cast.xiaozhang, version, do="begin")
    assert FormFill.objects.count() == 1
    assert "有草稿" in text_of(client.get(reverse("workflow:start_list")))


def test_the_way_follows_what_is_filled_in(cast: Cast) -> None:
    version = offered(cast)
    sent = begun(cast.xiaozhang, version)
    first = post(cast.xiaozhang, version, do="preview", **sent, discount="20")
    shown = text_of(first)
    assert "直属上级" in shown
    assert "李经理" in shown
    assert "陈总" in shown
    sent |= carried(first)
    shown = text_of(post(cast.xiaozhang, version, do="preview", **sent, discount="3"))
    assert "陈总" not in shown
    assert "将经过" in shown
    assert not FlowInstance.objects.exists()


def test_it_is_sent_off_once_with_its_form(cast: Cast) -> None:
    version = offered(cast)
    sent = begun(cast.xiaozhang, version)
    response = post(cast.xiaozhang, version, **sent, customer="华星贸易", discount="18")
    instance = FlowInstance.objects.get()
    assert response["Location"] == reverse("workflow:instance", args=[instance.pk])
    assert (instance.title, instance.fill.answers["discount"]) == ("给华星贸易的折扣", "18")
    twice = post(cast.xiaozhang, version, **sent, customer="华星贸易", discount="18")
    assert twice.status_code == 302
    assert FlowInstance.objects.count() == 1


def test_what_is_missing_is_said_beside_the_field_and_nothing_written_is_lost(cast: Cast) -> None:
    version = offered(cast)
    response = post(cast.xiaozhang, version, **begun(cast.xiaozhang, version), customer="华星贸易", discount="99")
    assert response.status_code == 422
    assert "华星贸易" in text_of(response)
    assert 'aria-invalid="true"' in text_of(response)
    assert not FlowInstance.objects.exists()
    assert FormFill.objects.get().answers["customer"] == "华星贸易"


def test_whom_the_starter_chooses_is_asked_by_name_or_number(cast: Cast) -> None:
    chosen = approve("pick", {"by": "chosen", "min": 1, "max": 2}, name={"zh": "复核"})
    version = offered(cast, chosen, fields=())
    for written, said in (("", "复核"), ("查无此人", "没有找到"), ("A012,A020,A030", "最多选择2人")):
        response = post(cast.xiaozhang, version, title="换设备", **{"chosen-pick": written})
        assert response.status_code == 422
        assert said in text_of(response)
    assert "王HRBP" in text_of(post(cast.xiaozhang, version, "preview", title="换设备", **{"chosen-pick": "王HRBP"}))
    for _press in range(2):
        response = post(cast.xiaozhang, version, title="换设备", **{"chosen-pick": "小林、A020"})
    instance = FlowInstance.objects.get()
    assert response["Location"] == reverse("workflow:instance", args=[instance.pk])
    assert instance.chosen == {"pick": [cast.colleague.pk, cast.stranger_manager.pk]}


def test_an_approver_writes_in_the_form_and_agrees_in_one_press(cast: Cast) -> None:
    version = offered(cast)
    post(cast.xiaozhang, version, **begun(cast.xiaozhang, version), customer="华星贸易", discount="18")
    instance, task = FlowInstance.objects.get(), task_of(cast.manager_li)
    li = browser(cast.manager_li)
    here, turn = reverse("workflow:instance", args=[instance.pk]), reverse("workflow:turn", args=[task.pk])
    opened = li.get(here)
    assert f'action="{turn}"' in text_of(opened)
    assert "华星贸易" in text_of(opened)
    missing = li.post(turn, {**carried(opened), "do": "decide", "note": ""})
    assert missing.status_code == 422
    assert where(instance) == ("running", "lead")
    sent = {**carried(missing), "note": "账期四十五天"}
    assert li.post(turn, {**sent, "do": "save"})["Location"] == here
    assert where(instance) == ("running", "lead")
    sent = {**carried(li.get(here)), "note": "账期四十五天"}
    assert li.post(turn, {**sent, "do": "decide", "reason": "可以"})["Location"] == here
    assert where(instance) == ("running", "above")
    assert ("agreed", "李经理", "可以") in told(instance)
    assert again(instance).fill.answers["note"] == "账期四十五天"
    assert "审批备注" not in text_of(browser(cast.xiaozhang).get(here))
    assert li.post(turn, {**sent, "do": "decide", "note": "再改"}).status_code in (302, 409)
    assert again(instance).fill.answers["note"] == "账期四十五天"


def test_what_has_to_be_written_first_is_never_agreed_to_in_passing(cast: Cast) -> None:
    version = offered(cast)
    post(cast.xiaozhang, version, **begun(cast.xiaozhang, version), customer="华星贸易", discount="18")
    instance, task, li = FlowInstance.objects.get(), task_of(cast.manager_li), browser(cast.manager_li)
    inbox = text_of(li.get(reverse("workflow:inbox")))
    assert instance.title in inbox
    assert f'value="{task.pk}"' not in inbox
    li.post(reverse("workflow:agree_many"), {"task": [task.pk]})
    assert li.post(reverse("workflow:act", args=[task.pk, "agree"])).status_code == 422
    assert where(instance) == ("running", "lead")
