"""HR draws a form, sends it through approval, publishes the next version while people are in the first. In Chinese."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accord.workflow.models import Flow, Form, FormFill
from accord.workflow.services.fills import start_fill
from accord.workflow.services.versions import create_definition, draft_of, publish, save_draft
from accord.workflow.tests.test_versions import APPROVAL
from tests.cast import Cast
from tests.e2e.test_form_designer import card, drag

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def approval(cast: Cast) -> Flow:
    """What a version has to pass: an executive agrees."""
    flow = create_definition("flow", "发布审批", cast.administrator)
    save_draft(draft_of(flow), APPROVAL, 0, cast.administrator)
    publish(draft_of(flow), cast.administrator)
    return flow


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()


def confirm(page: Page, verb: str) -> None:
    page.get_by_role("button", name=verb, exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name=verb, exact=True).click()


def test_a_form_goes_from_the_first_field_to_its_second_version(
    page_zh: Page,
    sign_in: Callable[..., None],
    look: Callable[..., None],
    cast: Cast,
    approval: Flow,
) -> None:
    page = page_zh

    def come(person: str, address: str) -> None:
        sign_in(page, getattr(cast, person).user)
        page.goto(address)

    def through_approval(number: int) -> None:
        confirm(page, "送审")
        expect(page.get_by_text(f"第 {number} 版已送审。")).to_be_visible()
        come("executive_chen", "/workflow/inbox/")
        page.get_by_role("link", name=f"发布“周进展”第 {number} 版").click()
        look(page)
        page.get_by_role("group", name="可进行的操作").get_by_role("button", name="同意", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="同意", exact=True).click()
        expect(page.get_by_text("已通过").first).to_be_visible()
        come("hrbp_wang", f"/workflow/forms/{form.pk}/")
        confirm(page, "发布")
        expect(page.get_by_text(f"第 {number} 版即日起使用。")).to_be_visible()
        look(page)

    come("hrbp_wang", "/workflow/design/")
    look(page)
    page.get_by_role("link", name="新建表单").first.click()
    page.get_by_label("名称", exact=True).fill("周进展")
    page.get_by_text("适用岗位").first.click()
    page.get_by_label("销售代表").check()
    page.get_by_text("更多设置").click()
    page.get_by_label("发布审批").select_option("发布审批")
    look(page)
    page.get_by_role("button", name="下一步").click()
    form = Form.objects.get(name="周进展")

    # Draw it: two fields pressed in, one dragged in, a condition on the last, and the minutes beside it all.
    page.get_by_role("link", name="设计", exact=True).last.click()
    page.locator("[data-kind=text] button").click()
    page.get_by_label("标题", exact=True).fill("这周最重要的一件事")
    page.locator("[data-kind=number] button").click()
    page.get_by_label("标题", exact=True).fill("拜访客户数")
    drag(page, page.locator("[data-kind=long_text]"), card(page, "number"), below=30)
    expect(card(page, "long_text")).to_be_visible()
    page.get_by_label("标题", exact=True).fill("少于三次的原因")
    condition = page.locator("[data-section=condition]")
    condition.get_by_role("button", name="添加条件").click()
    condition.get_by_label("条件字段 1").select_option("number")
    condition.get_by_label("条件关系 1").select_option("<")
    condition.get_by_label("条件取值 1").fill("3")
    expect(page.locator("[data-clock]")).to_contain_text("分")
    save(page)
    look(page)
    page.goto(f"/workflow/forms/{form.pk}/")
    through_approval(1)

    # Three people are in version 1 when version 2 comes.
    first = form.versions.get(number=1)
    fills = [start_fill(first, who) for who in (cast.xiaozhang, cast.colleague, cast.stranger)]
    page.get_by_role("button", name="新建版本").click()
    card(page, "number").click()
    page.keyboard.press("Delete")
    page.locator("[data-kind=date] button").click()
    page.get_by_label("标题", exact=True).fill("下次拜访")
    # What asked about the field that is gone says so.
    card(page, "long_text").click()
    expect(page.locator(".settings-problem").first).to_be_visible()
    card(page, "long_text").focus()
    page.keyboard.press("Delete")
    expect(card(page, "long_text")).to_have_count(0)
    save(page)
    page.goto(f"/workflow/forms/{form.pk}/")
    expect(page.get_by_text("3 份仍在使用")).to_be_visible()
    through_approval(2)
    page.get_by_role("link", name="改了什么").first.click()
    expect(page.get_by_text("拜访客户数").first).to_be_visible()
    expect(page.get_by_text("下次拜访").first).to_be_visible()
    look(page)

    come("xiaozhang", f"/workflow/fills/{fills[0].pk}/")
    expect(page.get_by_label("拜访客户数")).to_be_visible()
    expect(page.get_by_label("下次拜访")).to_have_count(0)
    assert {fill.version_id for fill in FormFill.objects.all()} == {first.pk}
    assert start_fill(form.versions.get(number=2), cast.xiaozhang).version.number == 2
