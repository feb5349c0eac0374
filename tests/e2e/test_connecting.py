"""HR connects the ticket system in the browser, and one number opens down to its ticket.

The ticket system is a recorded one that runs in the process of the test; the same way was gone against a real one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from accord.metrics.jobs.sources import read_source
from accord.metrics.models import Connection, Measurement
from accord.metrics.tests.setup.builders import TOKEN, TicketSystem, known_as, ticket_system
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE


@pytest.fixture
def system() -> Iterator[TicketSystem]:
    cache.clear()
    with ticket_system() as running:
        yield running


def test_from_the_address_of_the_ticket_system_to_one_of_its_tickets(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    cast: Cast,
    system: TicketSystem,
    axe_clean: Callable[[Page], None],
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
    axe_clean(page)

    administrator = new_page(PHONE)
    sign_in(administrator, cast.administrator.user)
    administrator.goto("/metrics/sources/hosts/")
    administrator.get_by_label("主机").fill("127.0.0.1")
    administrator.get_by_label("端口").fill(str(system.port))
    administrator.get_by_label("原因").fill("内网工单系统")
    administrator.get_by_role("button", name="允许", exact=True).click()
    expect(administrator.get_by_role("row", name="127.0.0.1")).to_be_visible()

    page.get_by_role("button", name="测试连接").click()
    expect(page.get_by_text("连接正常")).to_be_visible()
    page.get_by_role("button", name="保存，看数据行").click()
    expect(page.get_by_text("看到 30 行").first).to_be_visible()
    page.get_by_role("button", name="保存，选择指标").click()
    page.get_by_role("button", name="全部采用").click()
    page.get_by_role("link", name="首次响应时长").first.click()
    expect(page.locator("#source-preview")).to_contain_text("小张")
    page.get_by_label("怎样汇成一个数").select_option("median")
    expect(page.locator("#source-preview")).to_contain_text("计入")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="下一步").click()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="启动").click()
    connection = Connection.objects.get()
    # What a worker does in a moment.
    read_source.func(connection.pk, cast.hrbp_wang.pk, False)
    page.reload()
    expect(page.get_by_role("row", name="完成")).to_contain_text("60")
    page.get_by_role("link", name="去认领").click()
    expect(page.get_by_role("row", name="zhang.tao@company.example")).to_be_visible()

    value = Measurement.objects.filter(series__employee=cast.xiaozhang).first()
    assert value
    reader = new_page(DESKTOP)
    sign_in(reader, cast.xiaozhang.user)
    reader.goto(f"/metrics/values/{value.series_id}/{value.period}/")
    ticket = reader.locator(f"a[href^='{system.address}/Ticket/Display.html?id=']").first
    expect(ticket).to_be_visible()
