"""One person's targets from the team's own proposal to the score of a quarter that was amended. In Chinese."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Locator, Page, expect

from accord.goals.models import Agreement, AgreementLine, AgreementTerms, AssessmentModelVersion, Workshop
from accord.goals.tests.agree.builders import metric, on, quarter, wording
from accord.goals.tests.calib.builders import came_in
from accord.metrics.models import Metric
from tests.cast import Cast
from tests.e2e.agreeing import Hand, agree_and_sign, people_of_a_shop
from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.test_designing import confirm
from tests.e2e.test_form_designer import drag

pytestmark = pytest.mark.django_db(transaction=True)

SEPTEMBER, NOVEMBER, JANUARY = date(2026, 9, 28), date(2026, 11, 25), date(2027, 1, 20)
VISITS = "老客回访数"


class Story:
    """小张 on a phone, everybody else at a desk."""

    def __init__(self, cast: Cast, new_page: Callable[..., Page], sign_in: Callable[..., None]) -> None:
        self.cast, self._sign_in = cast, sign_in
        self._phone, self._desk = new_page(PHONE, has_touch=True), new_page(DESKTOP)

    def comes(self, who: str, address: str) -> Page:
        page = self._phone if who in ("xiaozhang", "colleague") else self._desk
        self._sign_in(page, getattr(self.cast, who).user)
        page.goto(address)
        return page

    def finds_kpis_together(self) -> None:
        page = self.comes("manager_li", "/goals/workshops/")
        page.get_by_role("link", name="发起共建").first.click()
        page.get_by_label("岗位").select_option("销售代表")
        page.get_by_label("标题", exact=True).fill("华东组共建")
        page.get_by_role("button", name="发起并邀请").click()
        expect(page.get_by_role("heading", name="华东组共建")).to_be_visible()
        workshop = f"/goals/workshops/{Workshop.objects.get().pk}/"
        phone = self.comes("xiaozhang", workshop)
        phone.get_by_role("link", name="提议指标").click()
        phone.get_by_label("指标", exact=True).fill(VISITS)
        phone.get_by_label("为什么合理").fill("老客复购占一半业绩")
        phone.get_by_label("我怎么推动它").fill("每天回访四位老客")
        phone.get_by_label("数据从哪里来").fill("CRM")
        phone.get_by_role("button", name="放到看板上").click()
        for who in ("xiaozhang", "colleague"):
            phone = self.comes(who, workshop)
            for mark in ("重要", "我能推动"):
                phone.get_by_role("button", name=mark, exact=True).click()
                expect(phone.get_by_role("button", name=mark, exact=True)).to_have_attribute("aria-pressed", "true")
        page = self.comes("manager_li", workshop)
        with page.expect_response(re.compile("/move/")):
            drag(page, card_called(page, VISITS), page.locator("[data-column=adopted]"))
        expect(page.locator("[data-column=adopted]").get_by_text(VISITS, exact=True)).to_be_visible()
        page.get_by_role("link", name="定稿并结束").click()
        page.get_by_label("理由").fill("口径清楚，我们能推动，数据现成")
        page.get_by_label("单位").fill("次")
        page.get_by_role("button", name="结束共建").click()
        expect(page.get_by_text("口径清楚，我们能推动，数据现成").first).to_be_visible()

    def publishes_the_model(self) -> None:
        version = AssessmentModelVersion.objects.get()
        page = self.comes("hrbp_wang", f"/goals/models/versions/{version.pk}/design/")
        chosen = page.locator(".model-card", has_text=VISITS)
        expect(chosen).to_be_visible()
        chosen.click()
        expect(page.locator(".model-credit")).to_contain_text("小张")
        page.locator("#kpi-target").fill("20")
        page.locator("#kpi-weight").fill("40")
        page.locator("[data-metric]", has_text="签约额").first.click()
        expect(page.locator(".settings-section h2").first).to_have_text("签约额")
        page.locator("#kpi-target").fill("25")
        page.locator("#kpi-weight").fill("60")
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.get_by_text("已保存", exact=True)).to_be_visible()
        page.goto(f"/goals/models/{version.assessment_model_id}/")
        confirm(page, "发布")
        expect(page.get_by_text("第 1 版即日起使用。")).to_be_visible()

    def splits_the_target(self) -> None:
        page = self.comes("hrbp_wang", "/goals/decomposition/new/")
        page.get_by_label("拆解什么").select_option(str(metric().pk))
        page.get_by_label("整个周期的目标").fill("650")
        page.get_by_label("拆谁的目标").select_option(str(self.cast.east.pk))
        page.get_by_role("button", name="查看拆解结果").click()
        expect(page.get_by_text("与目标一致")).to_be_visible()
        page.get_by_role("button", name="生成合约草稿").click()
        page.get_by_role("dialog").get_by_role("button", name="生成", exact=True).click()
        expect(page.get_by_role("heading", name="谁承接了多少")).to_be_visible()

    def agrees_and_signs(self) -> None:
        agreement = Agreement.objects.get(employee=self.cast.xiaozhang)
        address = f"/goals/agreements/{agreement.pk}/"
        self.comes("manager_li", address).get_by_role("button", name="提交给小张").click()
        agree_and_sign(lambda who: self.comes(who, address))
        assert wording(agreement).state == AgreementTerms.State.SIGNED

    def lowers_the_target(self) -> None:
        page = self.comes("manager_li", "/goals/calibrations/plan/")
        page.get_by_role("button", name="安排会议").click()
        page.get_by_role("button", name="开始校准会").click()
        page.get_by_role("link", name="合约看板").click()
        page.get_by_label("小张", exact=True).get_by_role("link", name="提出调整").click()
        sales = page.locator(".amend-line", has_text="签约额")
        sales.get_by_label("目标值").fill("20")
        page.get_by_label("原因", exact=True).fill("主力产品停产，双方核对过在手商机")
        expect(page.get_by_label("生效日期")).to_have_value("2026-11-30")
        effect = page.locator("#effect")
        page.get_by_role("button", name="查看影响").click()
        # So far 0.6 × 20/25 + 0.4 × 18/20; had it held from the start, 0.6 × 20/20 + 0.4 × 18/20.
        expect(effect.locator(".effect-pair")).to_have_text("84.00 → 84.00")
        expect(effect.locator("tfoot td").last).to_have_text("96.00")
        page.get_by_role("button", name="起草变更").click()
        expect(page.get_by_text("主力产品停产").first).to_be_visible()


def card_called(page: Page, name: str) -> Locator:
    return page.locator("[data-card]", has_text=name)


def test_from_the_workshop_to_the_score_of_both_stretches(
    new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast, look: Callable[[Page], None]
) -> None:
    cast.east.head = cast.manager_li
    cast.east.save()
    quarter()
    contracts = metric(source="CRM", decimals=2)
    with on(SEPTEMBER):
        story = Story(cast, new_page, sign_in)
        story.finds_kpis_together()
        story.publishes_the_model()
        story.splits_the_target()
        line = AgreementLine.objects.get(terms__agreement__employee=cast.xiaozhang, metric__name=VISITS)
        assert (line.credited, line.weight) == (cast.xiaozhang, Decimal("0.4"))
        # Two people share 650 over thirteen weeks.
        assert AgreementLine.objects.filter(metric=contracts, target=25).count() == 2
        story.agrees_and_signs()
    visits = Metric.objects.get(name=VISITS)
    came_in(cast.xiaozhang, contracts, [20] * 8)
    came_in(cast.xiaozhang, visits, [18] * 8)
    with on(NOVEMBER):
        story.lowers_the_target()
        agreement = Agreement.objects.get(employee=cast.xiaozhang)
        agree_and_sign(lambda who: story.comes(who, f"/goals/agreements/{agreement.pk}/"))
    came_in(cast.xiaozhang, contracts, [20] * 13)
    came_in(cast.xiaozhang, visits, [18] * 13)
    with on(JANUARY):
        page = story.comes("xiaozhang", "/goals/scorecard/?cycle=2026-Q4")
        # Nine weeks below the first target, four on the lower one; 60 and 32 days: (84 × 60 + 96 × 32) ÷ 92.
        expect(page.locator(".score-phase-total")).to_have_text(["84.00", "96.00"])
        expect(page.locator(".score-hero")).to_contain_text("88.17")
        expect(page.get_by_role("heading", name="10-01 至 11-29 按原合约")).to_be_visible()
        expect(page.get_by_role("heading", name="11-30 起按变更后")).to_be_visible()
        look(page)


def test_seventy_people_are_set_up_from_a_company_target_in_a_few_clicks(
    page_zh: Page, sign_in: Callable[..., None], cast: Cast
) -> None:
    people, contracts = people_of_a_shop(cast, 70)
    sign_in(page_zh, cast.executive_chen.user)
    with on(SEPTEMBER):
        page_zh.goto("/goals/decomposition/")
        hand = Hand(page_zh)
        hand.click(page_zh.get_by_role("link", name="拆解目标").first)
        hand.select(page_zh.get_by_label("拆解什么"), str(contracts.pk))
        hand.fill(page_zh.get_by_label("整个周期的目标"), "12345.67")
        hand.select(page_zh.get_by_label("拆谁的目标"), str(people[0].org_unit_id))
        hand.click(page_zh.get_by_role("button", name="查看拆解结果"))
        expect(page_zh.get_by_text("与目标一致")).to_be_visible()
        hand.click(page_zh.get_by_role("button", name="生成合约草稿"))
        hand.click(page_zh.get_by_role("dialog").get_by_role("button", name="生成", exact=True))
        expect(page_zh.get_by_role("heading", name="谁承接了多少")).to_be_visible()
    assert hand.acts <= 12
    assert AgreementTerms.objects.filter(state="draft", agreement__employee__in=people).count() == 70
    lines = AgreementLine.objects.filter(terms__agreement__employee__in=people, metric=contracts)
    assert sum(map(target_of_the_quarter, lines)) == Decimal("12345.67")


def target_of_the_quarter(line: AgreementLine) -> Decimal:
    """What the targets of its thirteen weeks come to."""
    others = {key: Decimal(target) for first, last, target in line.schedule for key in range(first, last + 1)}
    return sum(others.values(), (13 - len(others)) * line.target)
