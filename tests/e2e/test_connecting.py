"""HR connects the ticket system in the browser; a support person sees the numbers and opens one down to its ticket.

The ticket system is a recorded one that runs in the process of the test; the same way was gone against a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page, expect

from accord.alerts.jobs.evaluation import evaluate_pending
from accord.metrics.jobs.sources import read_source
from accord.metrics.models import Connection
from accord.metrics.tests.setup.builders import TOKEN, TicketSystem, known_as, ticket_system
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.story import write

# The week after the newest of the recorded tickets: two of hers, one of them still open.
TODAY, WEEK = date(2026, 12, 1), "2026-W48"


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[TicketSystem]:
    monkeypatch.setattr(timezone, "localdate", lambda *_args, **_values: TODAY)
    cache.clear()
    with ticket_system() as running:
        yield running


def test_from_the_address_of_the_ticket_system_to_one_of_its_tickets(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    cast: Cast,
    system: TicketSystem,
    look: Callable[[Page], None],
    tmp_path: Path,
) -> None:
    known_as(cast.xiaozhang, "li.yong2")
    page = new_page(DESKTOP)
    sign_in(page, cast.hrbp_wang.user)
    page.goto("/metrics/sources/")
    page.get_by_role("link", name="接入数据源").first.click()
    page.get_by_role("link", name="Request Tracker 工单").click()
    page.get_by_label("系统地址").fill(system.address)
    page.get_by_label("接口账号的登录名").fill("root")
    page.get_by_label("访问令牌").fill(TOKEN)
    page.get_by_role("button", name="测试连接").click()
    expect(page.get_by_role("alert")).to_contain_text("127.0.0.1")
    look(page)

    administrator = new_page(PHONE)
    sign_in(administrator, cast.administrator.user)
    administrator.goto("/metrics/sources/hosts/")
    administrator.get_by_label("主机").fill("127.0.0.1")
    administrator.get_by_label("端口").fill(str(system.port))
    administrator.get_by_label("原因").fill("内网工单系统")
    administrator.get_by_role("button", name="允许", exact=True).click()
    expect(administrator.get_by_role("row", name="127.0.0.1")).to_be_visible()
    look(administrator)

    page.get_by_role("button", name="测试连接").click()
    expect(page.get_by_text("连接正常")).to_be_visible()
    page.get_by_role("button", name="保存，看数据行").click()
    expect(page.get_by_text("看到 30 行").first).to_be_visible()
    look(page)
    page.get_by_role("button", name="保存，选择指标").click()
    page.get_by_role("button", name="全部采用").click()
    page.get_by_role("link", name="首次响应时长").first.click()
    expect(page.locator("#source-preview")).to_contain_text("小张")
    page.get_by_label("怎样汇成一个数").select_option("median")
    expect(page.locator("#source-preview")).to_contain_text("计入")
    look(page)
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="下一步").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="启动").click()
    _answers_for_both(tmp_path, cast)
    # What a worker does in a moment.
    read_source.func(Connection.objects.get().pk, cast.hrbp_wang.pk, False)
    evaluate_pending.func()
    page.reload()
    expect(page.get_by_role("row", name="完成")).to_contain_text("60")
    look(page)
    page.get_by_role("link", name="去认领").click()
    expect(page.get_by_role("row", name="zhang.tao@company.example")).to_be_visible()
    look(page)

    reader = new_page(DESKTOP)
    sign_in(reader, cast.xiaozhang.user)
    reader.goto("/")
    reader.locator("main .card").get_by_role("link", name="首次响应时长").first.click()
    expect(panel(reader, "首次响应时长")).to_contain_text("8.0 分钟")
    expect(panel(reader, "解决率")).to_contain_text("50%")
    look(reader)
    panel(reader, "首次响应时长").get_by_role("link", name="8.0 分钟").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(f"首次响应时长 · {WEEK}")
    look(reader)
    tickets = reader.get_by_role("table", name="由这些行计算得出")
    expect(tickets.get_by_role("rowheader")).to_have_count(2)
    with reader.expect_popup() as opened:
        tickets.get_by_role("link", name="20").click()
    assert opened.value.url == f"{system.address}/Ticket/Display.html?id=20"


def panel(page: Page, metric: str):
    """What the page of a person says about one KPI."""
    return page.locator("section[id^=kpi]").filter(has=page.get_by_role("heading", name=metric, exact=True))


def _answers_for_both(folder: Path, cast: Cast) -> None:
    """What the support person answers for comes with a file, as everybody's does."""
    rows = [
        (cast.xiaozhang.employee_no, name, "50%", target) for name, target in (("首次响应时长", 30), ("解决率", 80))
    ]
    call_command("import", "kpis", str(write(folder / "指标.csv", [("工号", "指标", "权重", "目标"), *rows])))
