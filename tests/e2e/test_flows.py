"""Running flows on a phone, in Chinese: a fork, 会签 and a return, several people one after the other."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accord.workflow.models import FlowDelegation, FlowInstance, FlowVersion
from accord.workflow.tests import form_samples
from accord.workflow.tests.flows.builders import approve, published, started
from accord.workflow.tests.form_samples import field
from tests.cast import Cast
from tests.e2e.conftest import PHONE, both_screens

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "给华星贸易 18% 折扣"


@pytest.fixture
def discounts(cast: Cast) -> FlowVersion:
    """A request for a discount: line manager, then, for a large one, two people who must both agree."""
    both = approve("both", cast.executive_chen, cast.stranger_manager, mode="all", name={"zh": "总经理与客服会签"})
    large = {"key": "large", "name": {"zh": "折扣超过 15%"}, "when": "discount > 15", "nodes": [both]}
    fork = {
        "kind": "branch",
        "key": "fork",
        "name": {"zh": "折扣大小"},
        "branches": [large, {"key": "else", "nodes": []}],
    }
    told = {"kind": "cc", "key": "told", "name": {"zh": "抄送人事"}, "approvers": [{"by": "hrbp"}]}
    lead = approve("lead", {"by": "manager", "level": 1}, step="lead", name={"zh": "直属上级"})
    version = published(lead, fork, told)
    form = form_samples.published(
        (
            field("discount", "number", "折扣", unit="%", min=0, max=60, required=True),
            field("why", "long_text", "申请理由", required=True),
            field("terms", label="付款条件", rights={"start": "read", "lead": "edit"}),
        ),
        title="特价申请单",
    ).form
    type(version.flow).objects.filter(pk=version.flow_id).update(form=form, is_offered=True, name="特价申请")
    return version


def press(page: Page, verb: str) -> None:
    """Press a button of the bar at the thumb."""
    page.get_by_role("group", name="可进行的操作").get_by_role("button", name=verb, exact=True).click()


def confirm(page: Page, verb: str) -> None:
    """Confirm the dialog that stands open."""
    page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_a_request_with_a_fork_a_return_and_two_who_must_agree_runs_to_its_end(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[..., None],
    cast: Cast,
    discounts: FlowVersion,
    scripted: bool,
) -> None:
    page = new_page(PHONE, has_touch=True, java_script_enabled=scripted)

    def come(person: str, address: str = "/workflow/inbox/") -> None:
        sign_in(page, getattr(cast, person).user)
        page.goto(address)
        if scripted:
            look(page)

    come("xiaozhang", "/workflow/start/")
    page.get_by_role("button", name="特价申请").click()
    page.get_by_label("标题").fill(TITLE)
    page.get_by_label("折扣").fill("18")
    page.get_by_label("申请理由").fill("年框架")
    page.get_by_role("button", name="更新路径").click()
    expect(page.get_by_text("陈总、赵经理")).to_be_visible()
    if scripted:
        look(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("等待李经理处理")).to_be_visible()
    if scripted:
        look(page)

    come("manager_li")
    page.get_by_role("link", name=TITLE).click()
    press(page, "退回")
    page.get_by_role("dialog").get_by_label("原因").fill("请写清预付比例")
    confirm(page, "退回")
    expect(page.get_by_text("等待小张处理")).to_be_visible()
    if scripted:
        look(page)

    come("xiaozhang")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("申请理由").fill("年框架，预付三成")
    page.get_by_role("group", name="可进行的操作").get_by_role("button", name="提交").click()
    expect(page.get_by_text("等待李经理处理")).to_be_visible()

    come("manager_li")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("付款条件").fill("账期四十五天")
    press(page, "同意")
    page.get_by_role("dialog").get_by_label("审批意见").fill("建议同意")
    confirm(page, "同意")
    expect(page.get_by_text("等待陈总、赵经理处理")).to_be_visible()
    expect(page.get_by_text("会签，须全部同意")).to_be_visible()

    for person, waits in (("executive_chen", "等待赵经理处理"), ("stranger_manager", "")):
        come(person)
        page.get_by_role("listitem").filter(has_text=TITLE).get_by_role("button", name="同意").click()
        confirm(page, "同意")
        expect(page.get_by_text("待办已清空")).to_be_visible()
        if waits:
            come("xiaozhang", "/workflow/started/")
            expect(page.get_by_text(waits)).to_be_visible()

    come("xiaozhang", "/workflow/started/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_text("已通过").first).to_be_visible()
    page.get_by_text("流转记录").click()
    expect(page.get_by_text("请写清预付比例").first).to_be_visible()
    instance = FlowInstance.objects.select_related("fill").get()
    assert (instance.state, instance.round) == ("finished", 2)
    assert instance.fill
    assert instance.fill.answers["terms"] == "账期四十五天"
    come("hrbp_wang", "/workflow/copied/")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_somebody_is_chosen_by_keyboard_and_named_in_a_comment(
    page_zh: Page, sign_in: Callable[..., None], axe_clean: Callable[..., None], cast: Cast
) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li))
    sign_in(page_zh, cast.manager_li.user)
    page_zh.goto("/workflow/delegations/")
    chooser = page_zh.get_by_role("combobox", name="受托人")
    chooser.press_sequentially("小")
    expect(page_zh.get_by_role("option")).to_have_count(2)
    axe_clean(page_zh)
    chooser.press("ArrowDown")
    chooser.press("Enter")
    expect(chooser).to_have_value("小林（A012）")
    expect(page_zh.get_by_role("option")).to_have_count(0)
    page_zh.get_by_label("截止日期").fill(page_zh.get_by_label("起始日期").input_value())
    page_zh.get_by_role("button", name="确认委托").click()
    expect(page_zh.get_by_text("已委托小林")).to_be_visible()
    assert FlowDelegation.objects.get().delegate == cast.colleague
    page_zh.goto(f"/workflow/instances/{instance.pk}/")
    comment = page_zh.get_by_role("textbox", name="评论")
    comment.press_sequentially("请 @小张")
    page_zh.get_by_role("option", name="小张").click()
    expect(comment).to_have_value("请 @小张（A011） ")
    comment.press_sequentially("补充")
    page_zh.get_by_role("button", name="发送评论").click()
    expect(page_zh.locator(".flow-comment-text")).to_have_text("请 @小张 补充")
    assert instance.acts.get(kind="commented").mentions == [cast.xiaozhang.pk]


def test_several_people_become_chips_and_what_was_only_typed_counts_too(
    phone_zh: Page, sign_in: Callable[..., None], look: Callable[..., None], cast: Cast
) -> None:
    version = published(approve("pick", {"by": "chosen", "min": 1, "max": 3}, name={"zh": "复核"}))
    type(version.flow).objects.filter(pk=version.flow_id).update(is_offered=True, name="设备申请")
    sign_in(phone_zh, cast.xiaozhang.user)
    phone_zh.goto(f"/workflow/start/{version.flow_id}/")
    chooser = phone_zh.get_by_role("combobox", name="“复核”由谁处理")
    chooser.press_sequentially("赵")
    phone_zh.get_by_role("option", name="赵经理").tap()
    chooser.press_sequentially("王")
    phone_zh.get_by_role("option", name="王HRBP").tap()
    expect(phone_zh.get_by_text("赵经理、王HRBP")).to_be_visible()
    look(phone_zh)
    phone_zh.get_by_role("button", name="移除赵经理").tap()
    chooser.fill("A010")
    phone_zh.get_by_role("button", name="提交").tap()
    expect(phone_zh.get_by_text("等待王HRBP、李经理处理")).to_be_visible()


def test_many_are_agreed_to_at_once_from_the_inbox(
    phone_zh: Page, sign_in: Callable[..., None], look: Callable[..., None], cast: Cast
) -> None:
    for number in range(3):
        started(cast.xiaozhang, approve("lead", cast.manager_li), title=f"第{number + 1}份申请")
    sign_in(phone_zh, cast.manager_li.user)
    phone_zh.goto("/workflow/inbox/")
    expect(phone_zh.get_by_role("button", name="批量同意")).to_be_hidden()
    for number in (1, 3):
        phone_zh.get_by_role("checkbox", name=f"选择“第{number}份申请”").check()
    phone_zh.get_by_label("批量审批意见").fill("都可以")
    look(phone_zh)
    phone_zh.get_by_role("button", name="批量同意").tap()
    expect(phone_zh.get_by_text("已同意2项")).to_be_visible()
    assert set(FlowInstance.objects.filter(state="finished").values_list("title", flat=True)) == {
        "第1份申请",
        "第3份申请",
    }


@both_screens
def test_the_pages_are_accessible(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[..., None],
    cast: Cast,
    discounts: FlowVersion,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    instance = started(cast.xiaozhang, approve("lead", cast.manager_li, deadline={"days": 1, "then": "remind"}))
    page = new_page(viewport, color_scheme=scheme)
    sign_in(page, cast.manager_li.user)
    for address in (
        "inbox/", "done/", "started/", "copied/", "start/", f"start/{discounts.flow_id}/", "delegations/",
        f"instances/{instance.pk}/",
    ):  # fmt: skip
        page.goto(f"/workflow/{address}")
        look(page)
    for verb in ("退回", "转交", "加签", "拒绝", "同意"):
        press(page, verb)
        look(page)
        page.get_by_role("dialog").get_by_role("button", name="取消").click()
