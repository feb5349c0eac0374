"""The weekly report lies in a leader's mailbox, once, and what it says is what the board says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.message import EmailMessage

import pytest
from playwright.sync_api import Locator, Page, expect

from accord.foundation.tests.post_office import PostOffice, open_post_office
from tests.e2e.instances import Instance
from tests.e2e.story import NUMBERS, PASSWORD, REPORTS, mailbox, week

LEADER = "李经理"
FIGURE = r"(\d+)\.(\d\d) 万元（目标 24\.00 万元）"


@pytest.fixture(scope="module")
def office() -> Iterator[tuple[PostOffice, int]]:
    with open_post_office() as opened:
        yield opened


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory, office: tuple[PostOffice, int]) -> Instance:
    """The company of the stories, with a mail server."""
    made = Instance(tmp_path_factory.mktemp("home"), ACCORD_MAIL_URL=f"smtp://127.0.0.1:{office[1]}")
    made.python("tests.e2e.story", tmp_path_factory.mktemp("files"))
    return made


def signed_deals(shown: Locator) -> dict[str, int]:
    """What everybody signed in the newest week, in yuan, as a mail or a page says it."""
    words = shown.inner_text()
    found = {name: re.search(rf"{name} · 签约额\s+{week(1)}\s+{FIGURE}", words) for name in REPORTS}
    return {name: int(one[1] + one[2]) * 100 for name, one in found.items() if one}


def lights(shown: Locator, pattern: str) -> dict[str, int]:
    """How many KPIs shine in which colour; `pattern` finds `word` and `many`."""
    return {found["word"]: int(found["many"]) for found in re.finditer(pattern, shown.inner_text())}


def html_of(letter: EmailMessage) -> str:
    body = letter.get_body(("html",))
    assert body
    return str(body.get_content())


def test_the_report_comes_by_mail_once_and_says_what_the_board_says(
    instance: Instance, office: tuple[PostOffice, int], new_page_at: Callable[..., Page], look: Callable[[Page], None]
) -> None:
    post, _port = office
    with instance.serving() as base:
        # The job runs twice, and the schedule of the worker asks for it besides.
        for _ in range(2):
            instance.python("tests.e2e.monday")
        [letter] = post.to(mailbox(LEADER))
        # A subject too long for its first line comes with the blank of the fold.
        assert str(letter["Subject"]).strip().startswith(f"第 {int(week(1)[-2:])} 周：4 项转红")

        page = new_page_at(base)
        page.set_content(html_of(letter))
        deals = signed_deals(page.locator("body"))
        assert deals == {"小张": 168_000, "小林": 158_000, "小周": 148_000, "小吴": 138_000}
        counted = lights(page.locator("body"), r"(?P<word>偏离|正常)\s+(?P<many>\d+)")
        assert counted == {"偏离": 4, "正常": 8}

        page.get_by_role("link", name="打开周报").click()
        page.get_by_label("工号或邮箱").fill(NUMBERS[LEADER])
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        report = page.locator("article.weekly-report")
        expect(report).to_be_visible()
        assert page.url.startswith(f"{base}/weekly-reports/")
        assert signed_deals(report) == deals
        look(page)

        page.get_by_role("link", name="打开看板").click()
        board = page.locator("#board")
        for name, yuan in deals.items():
            expect(board.get_by_role("row").filter(has_text=name)).to_contain_text(f"{yuan * 100 // 240_000}%")
        assert lights(board.locator(".light-counts").first, r"(?P<many>\d+) 项(?P<word>偏离|正常)") == counted
        page.go_back()
        report.locator("a.weekly-number").first.click()
        expect(page.locator("main")).to_contain_text("CRM")
        assert len(post.to(mailbox(LEADER))) == 1
