"""What the stories of goals share: two people who agree and sign, a hand that counts what it does, a large shop."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from accord.goals.tests.agree.builders import metric, quarter
from accord.goals.tests.split.builders import recommend
from accord.metrics.models import Metric
from accord.people.models import Employee
from tests.cast import Cast, employee, org_unit

TO_SIGN = re.compile("并签署")


def agree(page: Page) -> None:
    """Say yes to the wording on the page of the agreement."""
    page.get_by_role("button", name="同意这一版").click()


def sign(page: Page) -> None:
    """Sign the document that is open."""
    page.locator("#sign").get_by_label("密码").fill("secret")
    page.get_by_role("button", name="签署", exact=True).click()


def agree_and_sign(comes: Callable[[str], Page]) -> None:
    """小张 and 李经理, each for themselves: first the wording, then the signature."""
    page = comes("xiaozhang")
    agree(page)
    expect(page.get_by_role("heading", name="您已同意")).to_be_visible()
    page = comes("manager_li")
    agree(page)
    expect(page.get_by_role("heading", name="请您签署")).to_be_visible()
    sign(page)
    expect(page.get_by_text("已签署（密码）")).to_be_visible()
    page = comes("xiaozhang")
    page.get_by_role("link", name=TO_SIGN).click()
    sign(page)
    expect(page.get_by_role("heading", name="已全部签署")).to_be_visible()


@dataclass
class Hand:
    """Does what a person does with mouse and keyboard, and counts it; typing a value is one act."""

    page: Page
    acts: int = 0

    def click(self, what: Locator) -> None:
        self.acts += 1
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.acts += 1
        what.fill(text)

    def select(self, what: Locator, option: str) -> None:
        self.acts += 1
        what.select_option(option)


def people_of_a_shop(cast: Cast, many: int) -> tuple[list[Employee], Metric]:
    """A unit of `many` people below 陈总, whose position carries 签约额."""
    quarter()
    contracts = metric(source="CRM", decimals=2)
    unit, boss = org_unit("远航电商/大客户部"), cast.executive_chen
    people = [employee(f"B{number:03d}", f"客户经理{number}", unit, boss, "客户经理") for number in range(many)]
    recommend("客户经理", contracts)
    return people, contracts
