"""From an alert to a closed coaching task, in Chinese, with and without a script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accord.coaching.models import CoachingTask
from accord.coaching.tests.tasks.builders import task_about
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, both_screens

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def task(cast: Cast) -> CoachingTask:
    return task_about(cast.xiaozhang, name="签单额", unit="万元", decimals=0)


@pytest.mark.parametrize("scripted", [True, False], ids=["scripted", "plain"])
def test_a_manager_walks_from_the_alert_to_the_outcome(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast, task: CoachingTask, scripted: bool
) -> None:
    page = new_page(DESKTOP, java_script_enabled=scripted)
    sign_in(page, cast.manager_li.user)
    page.goto("/alerts/")
    page.get_by_role("link", name="小张 · 签单额").click()
    expect(page.get_by_text("在 2026-W40 和 2026-W41 连续两期未达到目标值")).to_be_visible()
    page.get_by_role("link", name="负责人：李经理").click()
    for step, note in (("evidence", "看了近 13 期"), ("talk", "卡在物流"), ("action", "每周一起看退货原因，到月底")):
        place = page.locator(f"#{step}")
        place.get_by_role("textbox").fill(note)
        place.get_by_role("button", name="记录").click()
        expect(page.locator(f"#{step}").get_by_text("已完成")).to_be_visible()
    page.get_by_label("辅导见效").check()
    page.get_by_role("button", name="关闭任务").click()
    expect(page.get_by_text("结果：辅导见效。")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("关闭任务|稍后处理"))).to_have_count(0)
    task.refresh_from_db()
    assert (task.state, task.outcome) == ("closed", "helped")


@both_screens
def test_the_pages_are_accessible(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    axe_clean: Callable[..., None],
    cast: Cast,
    task: CoachingTask,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    page = new_page(viewport, color_scheme=scheme)
    sign_in(page, cast.manager_li.user)
    for address in ("/alerts/", f"/alerts/{task.alert_id}/", "/coaching/tasks/", f"/coaching/tasks/{task.pk}/"):
        page.goto(address)
        axe_clean(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], address
