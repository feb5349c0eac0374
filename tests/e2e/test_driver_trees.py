"""A leader sees which driver moved GMV, in numbers that add up, and moves a target that others follow."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from accord.metrics.forms import driver_targets as forms
from accord.metrics.models import DriverTarget
from accord.metrics.queries import values
from accord.metrics.services.driver_trees import targets as target_service
from accord.metrics.tests.tree_pages.builders import NEWEST, TODAY, Grown, grow
from accord.metrics.views import driver_trees as views
from tests.cast import Cast
from tests.e2e.conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

# Conversion slips in the last two weeks, as it did once before.
WEEKS = {
    "访客数": ["100000"] * 12,
    "转化率": ["2.0", "2.1", "1.8", "1.7", "2.0", "2.1", "2.0", "2.1", "2.0", "2.1", "1.7", "1.6"],
    "客单价": ["200"] * 11 + ["205"],
}
GMV = ["40", "42", "36", "34", "40", "42", "40", "42", "40", "42", "34", "32.7"]


@pytest.fixture
def grown(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Grown:
    for module in (values, views, forms, target_service):
        monkeypatch.setattr(module, "organisation_day", lambda: TODAY)
    return grow(cast, values=WEEKS, gmv=GMV)


def amount(text: str) -> Decimal:
    return Decimal(text.replace("−", "-").replace("+", ""))


def moved(page: Page) -> list[Decimal]:
    """The amounts of the waterfall's steps between the two levels, as its table says them."""
    rows = page.locator('accord-chart[kind="waterfall"] tbody tr')
    return [amount(cell) for cell in rows.locator("td:nth-child(2)").all_inner_texts()[1:-1]]


def line(page: Page, name: str) -> Locator:
    return page.locator("#target-plan tbody tr").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def test_a_leader_sees_the_cause_and_moves_a_target(
    grown: Grown, cast: Cast, new_page: Callable[..., Page], sign_in: Callable[..., None], look: Callable[[Page], None]
) -> None:
    page = new_page()
    sign_in(page, cast.manager_li.user)
    page.goto("/metrics/trees/")
    page.get_by_role("link", name="GMV", exact=True).click()
    headline = page.get_by_role("region", name="结果为何变动")
    expect(headline).to_contain_text("转化率从 2026-W40 起未达目标，已有 2 周，由李经理负责。")
    expect(headline).to_contain_text("2026-W32 – 2026-W33")
    assert sum(moved(page)) == Decimal("-7.30")
    expect(page.locator('accord-chart[kind="waterfall"] canvas').first).to_be_visible()
    look(page)

    page.get_by_role("link", name="访客数", exact=True).first.click()
    expect(page.locator("#driver-part")).to_contain_text("销售部 · 访客数")
    page.get_by_role("link", name="与上期比").click()
    assert sum(moved(page)) == Decimal("-1.30")

    page.get_by_role("link", name="目标", exact=True).last.click()
    page.get_by_label("调整谁的目标值").select_option(str(grown.nodes["转化率"].pk))
    page.get_by_label("新的目标值").fill("2.5")
    expect(line(page, "客单价")).to_contain_text("178.8")
    expect(line(page, "GMV")).to_contain_text("不变")
    page.get_by_label("锁定客单价").check()
    expect(line(page, "访客数")).to_contain_text("80,000 人")
    look(page)
    page.get_by_role("button", name="确认设定").first.click()
    expect(page.get_by_text("2 项目标值自 2026-W42 起生效。")).to_be_visible()
    kept = DriverTarget.objects.filter(from_period=(NEWEST + 1).key).values_list("node__metric__name", "value")
    assert dict(kept) == {"转化率": Decimal("2.5"), "访客数": Decimal(80_000)}


def test_the_tree_is_read_and_changed_on_a_phone(
    grown: Grown, cast: Cast, new_page: Callable[..., Page], sign_in: Callable[..., None], look: Callable[[Page], None]
) -> None:
    page = new_page(PHONE, has_touch=True)
    sign_in(page, cast.manager_li.user)
    page.goto(f"/metrics/trees/{grown.tree.pk}/")
    look(page)
    page.get_by_role("link", name="编辑", exact=True).click()
    page.get_by_role("button", name="下移访客数").click()
    expect(page.locator("[data-node] .driver-name")).to_have_text(["GMV", "转化率", "访客数", "客单价"])
    look(page)
