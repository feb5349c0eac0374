"""What may go wrong on the way to an agreement and between talks: a KPI that does not fit, a refusal, a minute on the
phone, the map. In Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from accord.goals.models import CheckIn, Objective
from accord.goals.places import PLACES
from accord.goals.services.position_map import install_shipped_map
from accord.goals.tests.agree.builders import agreed, drafted, line, metric, on, sign_for
from accord.goals.tests.calib.builders import TODAY, came_in, conversion, in_force, opened
from accord.goals.tests.model.builders import published
from accord.goals.tests.objectives.builders import key_result_of, objective_of
from accord.goals.tests.split.builders import begun, shop
from accord.goals.tests.workshops.builders import card_on, workshop_of
from accord.metrics.models import Metric
from accord.workflow.models import ArchiveEntry
from tests.cast import Cast
from tests.e2e.agreeing import TO_SIGN, Hand
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_form_designer import drag, swipe

pytestmark = pytest.mark.django_db(transaction=True)

SIGNED_ON = date(2026, 10, 5)


def test_a_kpi_of_engineers_is_caught_and_its_word_is_signed(
    page_zh: Page, sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    install_shipped_map()
    signed, hours = Metric.objects.get(name="签约额"), Metric.objects.get(name="研发工时")
    with on(SIGNED_ON):
        agreement = drafted(cast.xiaozhang, [line(signed, "0.6"), line(hours, "0.4", "40")])
        sign_in(page_zh, cast.manager_li.user)
        page_zh.goto(f"/goals/agreements/{agreement.pk}/")
        caught = page_zh.locator(".fit-note", has_text="技术研发类岗位推荐“研发工时”")
        expect(caught).to_be_visible()
        look(page_zh)
        caught.get_by_text("仍要保留，写明理由").click()
        caught.get_by_label("保留理由").fill("借调研发部一个季度")
        caught.get_by_role("button", name="保留", exact=True).click()
        expect(caught).to_contain_text("李经理的保留理由：借调研发部一个季度")
        terms = agreed(agreement)
        for person in (cast.xiaozhang, cast.manager_li):
            sign_for(person, terms)
        page_zh.goto(f"/workflow/documents/{terms.document_id}/")
        expect(page_zh.get_by_role("heading", name="已全部签署")).to_be_visible()
        expect(page_zh.get_by_text("借调研发部一个季度").first).to_be_visible()
        look(page_zh)


def test_a_refusal_is_archived_and_a_new_wording_begun(
    phone_zh: Page, sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    with on(SIGNED_ON):
        agreement = drafted(cast.xiaozhang)
        terms = agreed(agreement)
        sign_in(phone_zh, cast.xiaozhang.user)
        phone_zh.goto(f"/goals/agreements/{agreement.pk}/")
        phone_zh.get_by_role("link", name=TO_SIGN).click()
        phone_zh.get_by_text("我不签署").click()
        phone_zh.get_by_label("拒签原因").fill("目标比去年高一倍，先谈资源")
        phone_zh.locator("#refuse").get_by_label("密码").fill("secret")
        phone_zh.get_by_role("button", name="确认拒签").click()
        expect(phone_zh.locator("blockquote")).to_contain_text("先谈资源")
        kinds = set(
            ArchiveEntry.objects.filter(subject=f"documents:{terms.document_id}").values_list("kind", flat=True)
        )
        assert {"document.party_refused", "document.refused"} <= kinds
        phone_zh.goto(f"/goals/agreements/{agreement.pk}/")
        expect(phone_zh.get_by_text("目标比去年高一倍，先谈资源")).to_be_visible()
        look(phone_zh)
        phone_zh.get_by_role("button", name="重新商定").click()
        expect(phone_zh.get_by_role("button", name="同意这一版")).to_be_visible()
        assert [each.state for each in agreement.terms.order_by("number")] == ["refused", "draft"]


def test_a_check_in_takes_a_minute_on_the_phone(
    phone_zh: Page, sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    in_force(cast.xiaozhang)
    with on(TODAY):
        sign_in(phone_zh, cast.xiaozhang.user)
        phone_zh.goto("/goals/check-ins/")
        hand = Hand(phone_zh)
        hand.click(phone_zh.get_by_role("link", name="更新进展").first)
        told = re.search(r"约 (\d+) 秒", phone_zh.get_by_text(re.compile(r"约 \d+ 秒")).inner_text())
        assert told
        assert int(told[1]) <= 60
        hand.click(phone_zh.locator(".choice-chip", has_text="转化率"))
        hand.fill(phone_zh.get_by_label("有什么进展"), "详情页改版上线，转化回升")
        hand.click(phone_zh.locator(".confidence-chip", has_text="8"))
        hand.fill(phone_zh.get_by_label("数值"), "2.3")
        look(phone_zh)
        hand.click(phone_zh.get_by_role("button", name="更新进展"))
        expect(phone_zh.get_by_text("详情页改版上线，转化回升").first).to_be_visible()
        look(phone_zh)
    check_in = CheckIn.objects.get()
    assert (check_in.employee, check_in.confidence) == (cast.xiaozhang, 8)
    assert hand.acts <= 6


def on_map(page: Page, objective: Objective) -> Locator:
    return page.locator(f"#objective-{objective.pk} > .okr-stem")


def test_the_map_is_searched_folded_and_rearranged(
    page_zh: Page, sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    growth = objective_of(cast.company, "全年增长三成")
    channel = objective_of(cast.sales, "拿下两个新渠道", parent=growth)
    renewal = objective_of(cast.sales, "老客续约率回到九成", parent=growth)
    east = objective_of(cast.east, "华东新客翻番")
    for each in (growth, channel, renewal, east):
        key_result_of(each)
    with on(TODAY):
        sign_in(page_zh, cast.hrbp_wang.user)
        page_zh.goto("/goals/objectives/map/?cycle=2026-Q4")
        fold = on_map(page_zh, growth).locator("[data-fold]")
        fold.click()
        expect(on_map(page_zh, channel)).to_be_hidden()
        fold.click()
        expect(on_map(page_zh, channel)).to_be_visible()
        drag(page_zh, on_map(page_zh, east).locator("[data-grip]"), on_map(page_zh, channel).locator("[data-card]"))
        expect(page_zh.locator(f"#objective-{channel.pk} #objective-{east.pk}")).to_be_visible()
        look(page_zh)
        page_zh.get_by_label("在地图上查找").fill("华东")
        page_zh.keyboard.press("Enter")
        page_zh.get_by_role("status").get_by_role("link", name="华东新客翻番").click()
        expect(on_map(page_zh, east)).to_be_visible()
        east.refresh_from_db()
        assert east.parent == channel
        # The same without a mouse.
        on_map(page_zh, east).locator("[data-grip]").focus()
        page_zh.keyboard.press("Enter")
        page_zh.get_by_label("它承接哪一个目标").first.fill("续约")
        page_zh.keyboard.press("Enter")
        page_zh.get_by_role("radio", name="老客续约率回到九成").focus()
        page_zh.keyboard.press("Space")
        look(page_zh)
        page_zh.keyboard.press("Enter")
        expect(page_zh.locator(f"#objective-{renewal.pk} #objective-{east.pk}")).to_be_visible()
    east.refresh_from_db()
    assert east.parent == renewal


def test_a_finger_moves_a_card_and_takes_it_back(phone_zh: Page, sign_in: Callable[..., None], cast: Cast) -> None:
    growth, east = objective_of(cast.sales, "全年增长三成"), objective_of(cast.east, "华东新客翻番")
    with on(TODAY):
        sign_in(phone_zh, cast.hrbp_wang.user)
        phone_zh.goto("/goals/objectives/map/?cycle=2026-Q4")
        swipe(phone_zh, on_map(phone_zh, east).locator("[data-grip]"), on_map(phone_zh, growth).locator("[data-card]"))
        below = phone_zh.locator(f"#objective-{growth.pk} #objective-{east.pk}")
        expect(below).to_be_visible()
        phone_zh.get_by_role("button", name="撤销").tap()
        expect(below).to_have_count(0)
    east.refresh_from_db()
    assert east.parent is None


def test_sums_and_folds_answer_at_once(page_zh: Page, sign_in: Callable[..., None], cast: Cast) -> None:
    """Each page has a script of its own among all of them, and none may take the marks of another."""
    with on(TODAY):
        agreement = drafted(
            cast.xiaozhang, [line(metric(), "0.6", weight_min="0.4", weight_max="0.6"), line(conversion(), "0.4")]
        )
        sign_in(page_zh, cast.manager_li.user)
        page_zh.goto(f"/goals/agreements/{agreement.pk}/")
        page_zh.get_by_text("一起调整权重").click()
        expect(page_zh.locator(".agreement-total")).to_have_text("100%")
        page_zh.locator(".agreement-weights [data-sums]").first.fill("50")
        expect(page_zh.locator(".agreement-total")).to_have_text("90%")

        objective = objective_of(cast.xiaozhang)
        key_result_of(objective)
        page_zh.goto(f"/goals/objectives/{objective.pk}/key-results/")
        expect(page_zh.locator("[data-sum]")).to_contain_text("100%")
        page_zh.locator("[name$=-weight]").first.fill("70")
        expect(page_zh.locator("[data-sum]")).to_contain_text("70%")

        made = shop(cast, {"北美组": 2, "欧洲组": 1})
        sign_in(page_zh, cast.executive_chen.user)
        page_zh.goto(f"/goals/decomposition/{begun(made, cast.executive_chen).pk}/")
        person = page_zh.locator("#split-plan tbody tr", has_text="北美组1")
        expect(person).to_be_visible()
        page_zh.locator("#split-plan tbody tr", has_text="北美组").first.locator(".split-fold").click()
        expect(person).to_be_hidden()


@pytest.mark.parametrize(
    ("viewport", "scheme", "who"),
    [
        pytest.param(DESKTOP, "light", "hrbp_wang", id="desktop-light"),
        pytest.param(DESKTOP, "dark", "manager_li", id="desktop-dark"),
        pytest.param(PHONE, "dark", "xiaozhang", id="phone-dark"),
    ],
)
def test_every_place_of_goals_looks_right(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
    viewport: dict[str, int],
    scheme: str,
    who: str,
) -> None:
    install_shipped_map()
    in_force(cast.xiaozhang)
    drafted(cast.colleague)
    came_in(cast.xiaozhang, conversion(), [1] * 8)
    opened(cast)
    card_on(workshop_of(cast), cast.xiaozhang)
    published(cast.hrbp_wang)
    key_result_of(objective_of(cast.company, "全年增长三成"))
    key_result_of(objective_of(cast.xiaozhang, "复购提升"))
    with on(TODAY):
        page = new_page(viewport, color_scheme=scheme, reduced_motion="reduce")
        sign_in(page, getattr(cast, who).user)
        for place in (*(each.url_name for each in PLACES), "goals:objectives_map", "goals:fit"):
            page.goto(reverse(place))
            look(page)
