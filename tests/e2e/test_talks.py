"""From an alert to a kept promise, in Chinese: 李经理 at a desk, 小张 on a phone, and one talk between them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from accord.coaching.models import Commitment
from accord.coaching.tests.tasks.builders import task_about
from accord.foundation.clock import organisation_day
from tests.cast import Cast
from tests.e2e.agreeing import sign
from tests.e2e.conftest import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
PROMISE = "每天下班前看一眼退货原因，记下三条"


def test_an_alert_becomes_a_talk_and_the_talk_a_promise_that_is_kept(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
) -> None:
    task_about(cast.xiaozhang, name="签单额", unit="万元", decimals=0)
    manager, employee = new_page(DESKTOP), new_page(PHONE, has_touch=True)
    sign_in(manager, cast.manager_li.user)
    sign_in(employee, cast.xiaozhang.user)

    manager.goto("/alerts/")
    manager.get_by_role("link", name="小张 · 签单额").click()
    manager.get_by_role("link", name="负责人：李经理").click()
    evidence = manager.locator("#evidence")
    evidence.get_by_role("textbox").fill("看了近 13 期，退货集中在尺码")
    evidence.get_by_role("button", name="记录").click()
    expect(manager.locator("#evidence").get_by_text("已完成")).to_be_visible()

    manager.goto("/coaching/one-on-ones/")
    look(manager)
    manager.get_by_role("listitem").filter(has_text="小张").get_by_role("link", name="约定").click()
    manager.get_by_label("每两周").check()
    look(manager)
    manager.get_by_role("button", name="约定").click()
    manager.goto("/coaching/one-on-ones/")
    manager.get_by_role("link", name="查看议程").click()
    written = manager.get_by_role("listitem").filter(has_text="签单额：")
    expect(written).to_contain_text("自动列入")
    look(manager)

    employee.goto("/coaching/one-on-ones/")
    employee.get_by_role("link", name="查看议程").click()
    expect(employee.get_by_role("listitem").filter(has_text="签单额：")).to_be_visible()
    employee.get_by_label("议题").fill("想请客服一起看退货原因")
    employee.get_by_role("button", name="添加", exact=True).click()
    expect(employee.get_by_role("listitem").filter(has_text="想请客服一起看退货原因")).to_contain_text("小张")

    manager.reload()
    manager.get_by_role("button", name="开始面谈").click()
    expect(manager.get_by_role("button", name="结束面谈")).to_be_visible()
    for text in ("签单额", "想请客服一起看退货原因"):
        manager.get_by_role("button", name=re.compile(f"^已谈：{text}")).click()
        expect(manager.locator(".is-done").filter(has_text=text)).to_be_visible()
    look(manager)
    manager.get_by_role("button", name="结束面谈").click()

    manager.get_by_role("button", name="写纪要").click()
    manager.get_by_label("达成的决定").fill("尺码说明放到详情页首屏")
    row = manager.get_by_role("group", name="第 1 行")
    row.get_by_label("谁").select_option("小张")
    row.get_by_label("做什么").fill(PROMISE)
    row.get_by_label("哪天前").fill((organisation_day() + timedelta(days=7)).isoformat())
    manager.get_by_role("button", name="提交双方确认").click()
    expect(manager.get_by_role("heading", name="请您签署")).to_be_visible()
    look(manager)
    sign(manager)
    expect(manager.get_by_text("已签署（密码）")).to_be_visible()

    employee.goto("/")
    employee.get_by_role("link", name=re.compile("小张.*李经理")).click()
    expect(employee.get_by_text(PROMISE)).to_be_visible()
    look(employee)
    employee.get_by_role("link", name="去确认").click()
    sign(employee)
    expect(employee.get_by_role("heading", name="已全部签署")).to_be_visible()

    employee.goto("/coaching/commitments/")
    employee.get_by_role("link", name=PROMISE).click()
    expect(employee.get_by_role("link", name=re.compile("的会谈纪要"))).to_be_visible()
    employee.get_by_label("结果如何").fill("记了两周，尺码退货少了一半")
    look(employee)
    employee.get_by_role("button", name="标记为已完成").click()

    manager.goto("/coaching/commitments/?show=closed")
    kept = manager.get_by_role("listitem").filter(has_text=PROMISE)
    expect(kept).to_contain_text("已兑现")
    expect(kept).to_contain_text("记了两周，尺码退货少了一半")
    look(manager)
    assert Commitment.objects.get().state == Commitment.State.KEPT
