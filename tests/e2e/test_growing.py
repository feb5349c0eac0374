"""From feedback to something learned, in Chinese: 李经理 writes and speaks at a desk, 小张 learns on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accord.coaching.models import Feedback, LearningRecord
from accord.coaching.tests.learning.builders import competency, resource
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.recording import DEVICES, LENGTH, record, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_feedback_leads_to_a_plan_and_the_plan_to_something_learned(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
) -> None:
    resource(competency())
    manager, employee = new_page(DESKTOP, permissions=DEVICES), new_page(PHONE, has_touch=True)
    sign_in(manager, cast.manager_li.user)
    sign_in(employee, cast.xiaozhang.user)
    write_and_speak(manager, look)

    employee.goto("/coaching/feedback/")
    employee.get_by_role("link", name="李经理").click()
    until(employee, "document.querySelector('.recording-media').readyState > 0")
    look(employee)
    employee.get_by_role("button", name="说声谢谢").click()
    expect(employee.get_by_text("您已表示感谢")).to_be_visible()
    manager.reload()
    expect(manager.get_by_text("对方已读")).to_be_visible()

    employee.get_by_role("button", name="写进我的发展计划").click()
    expect(employee.get_by_text("这份草稿只有您能看到")).to_be_visible()
    employee.get_by_text("修改内容").click()
    focus = employee.locator("article.plan-focus")
    focus.get_by_label("想提升什么").fill("时间管理：先排要紧的三件事")
    focus.get_by_label("上级支持").fill("每周一对一先看这三件事")
    focus.get_by_label("衡量方式").fill("四周内周报都在周五中午前发出")
    focus.get_by_role("button", name="保存").click()
    look(employee)
    employee.get_by_role("button", name="与李经理共享").click()
    employee.get_by_role("button", name="确认这份计划").click()
    expect(employee.get_by_text("接下来请李经理确认")).to_be_visible()

    manager.goto("/")
    manager.locator("p").filter(has_text="小张的发展计划等您确认").get_by_role("link").click()
    look(manager)
    manager.get_by_role("button", name="确认这份计划").click()
    expect(manager.get_by_text("双方都已确认")).to_be_visible()

    employee.goto("/coaching/learning/")
    chosen = employee.locator(".card").filter(has=employee.get_by_role("heading", name="时间管理"))
    expect(chosen).to_contain_text("发展计划")
    look(employee)
    chosen.get_by_role("link", name="一周三件事").click()
    employee.get_by_role("button", name="开始阅读").click()
    expect(employee.get_by_text("先做要紧的。")).to_be_visible()
    employee.get_by_label("有帮助", exact=True).check()
    look(employee)
    employee.get_by_role("button", name="学完了").click()
    employee.goto("/coaching/learning/")
    expect(employee.get_by_role("listitem").filter(has_text="一周三件事")).to_contain_text("有帮助")
    learned = LearningRecord.objects.get()
    assert (learned.employee, learned.helped) == (cast.xiaozhang, LearningRecord.Helped.YES)


def write_and_speak(page: Page, look: Callable[[Page], None]) -> None:
    """Write feedback, leave a hint aside, add a voice message, send it."""
    page.goto("/coaching/feedback/new/")
    page.get_by_label("反馈给谁").fill("小张")
    page.get_by_label("待改进", exact=True).check()
    page.get_by_label("情境").fill("周五下午的销售周会上")
    page.get_by_label("行为").fill("你大概忘了，周报晚了两个小时才发出来")
    page.get_by_label("影响").fill("华东组的排期推到了周一，两位客户多等了一天")
    hint = page.locator(".feedback-hint").filter(has_text="大概")
    expect(hint).to_be_visible()
    look(page)
    hint.get_by_role("button", name="忽略").click()
    expect(hint).to_have_count(0)
    page.get_by_text("改进建议和资源支持").click()
    page.get_by_label("改进建议").fill("周五上午先把周报写完，再接新的事。")
    page.get_by_role("button", name="语音或视频").click()
    record(page, "录语音", 100)
    page.get_by_role("button", name="结束").click()
    until(page, f"{LENGTH} > 0.5")
    page.get_by_role("button", name="使用这段").click()
    page.get_by_label("文字内容").fill("别着急，我们一起想办法")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="已附 1 段留言")).to_be_visible()
    expect(hint).to_have_count(0)
    page.get_by_role("button", name="发送").click()
    expect(page.get_by_text("对方还没有读")).to_be_visible()
    assert Feedback.objects.get().behaviour == "你大概忘了，周报晚了两个小时才发出来"
