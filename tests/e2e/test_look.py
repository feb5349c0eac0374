"""The look, as a browser sees it: no barrier, no policy broken, nothing off the screen, alive without scripts."""

import pytest
from playwright.sync_api import expect

from accord.coaching.tests.feedback.builders import sent
from accord.coaching.tests.learning.builders import assessed, competency, resource
from accord.coaching.tests.minutes.builders import confirmed
from accord.coaching.tests.plans.builders import agreed
from tests.e2e.conftest import DESKTOP, PHONE, both_screens


@pytest.fixture(autouse=True)
def _style_page_is_open(settings):
    settings.DEMO = True


def reaches_sideways(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", ["/_style/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"])
def test_no_barrier_and_nothing_off_the_screen(new_page, axe_clean, address, viewport, scheme):
    page = new_page(viewport, color_scheme=scheme, reduced_motion="reduce")
    page.goto(address)
    axe_clean(page)
    assert not reaches_sideways(page)


def test_charts_are_drawn_and_follow_the_theme(page_zh):
    page_zh.goto("/_style/")
    chart = page_zh.locator("accord-chart[kind=trend]")
    expect(chart.locator("canvas")).to_be_visible()
    expect(chart.locator(".chart-numbers")).to_have_css("position", "absolute")
    before = chart.screenshot()
    page_zh.get_by_role("img", name="外观").click()
    page_zh.get_by_role("button", name="深色").click()
    expect(page_zh.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page_zh.locator("body")).to_have_css("background-color", "rgb(14, 18, 27)")
    page_zh.keyboard.press("Escape")
    assert chart.screenshot() != before


def test_the_server_renders_the_chosen_theme_so_nothing_flashes(page_zh):
    page_zh.goto("/_style/")
    page_zh.get_by_role("img", name="外观").click()
    page_zh.get_by_role("button", name="深色").click()
    answer = page_zh.request.get("/accounts/login/")
    assert 'data-bs-theme="dark"' in answer.text()


def test_injected_script_does_not_run(new_page, live_server):
    page = new_page(bypass_csp=False)
    page.goto("/accounts/login/")
    page.evaluate("window.policyBroken = () => {}")
    page.evaluate("""() => { const script = document.createElement('script'); script.textContent = 'window.ran = true';
                     document.body.append(script); }""")
    assert page.evaluate("window.ran") is None


def test_without_scripts_language_theme_and_numbers_are_there(new_page):
    page = new_page(java_script_enabled=False)
    page.goto("/_style/")
    expect(page.locator(".chart-numbers table").first).to_be_visible()
    page.locator("summary").first.click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_dialog_asks_before_it_acts_and_gives_the_keyboard_back(page_zh):
    page_zh.goto("/_style/")
    opener = page_zh.get_by_role("button", name="撤回").first
    opener.click()
    dialog = page_zh.get_by_role("dialog", name="撤回这份约定？")
    expect(dialog).to_be_visible()
    page_zh.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_phone_has_places_at_the_thumb_and_the_rest_in_a_drawer(phone_zh):
    phone_zh.goto("/_style/")
    bar = phone_zh.get_by_role("navigation", name="主要入口")
    assert bar.get_by_role("link").count() == 5
    expect(phone_zh.locator(".sidebar")).to_be_hidden()
    phone_zh.get_by_role("button", name="菜单").click()
    expect(phone_zh.get_by_role("navigation", name="全部入口").get_by_role("link", name="导入")).to_be_visible()


def test_slash_puts_the_cursor_into_the_search(page_zh):
    page_zh.goto("/_style/")
    page_zh.keyboard.press("/")
    expect(page_zh.get_by_role("searchbox")).to_be_focused()


@pytest.mark.parametrize("address", ["/me/", "/nowhere/", "/accounts/password/change/"])
def test_no_barrier_inside_the_product(page_zh, sign_in, cast, axe_clean, address):
    sign_in(page_zh, cast.manager_li.user)
    page_zh.goto(address)
    axe_clean(page_zh)
    page_zh.locator("summary.tool-account").click()
    expect(page_zh.get_by_role("button", name="退出登录")).to_be_visible()
    axe_clean(page_zh)


@pytest.mark.django_db(transaction=True)
@both_screens
def test_the_places_of_talks_and_growth(new_page, sign_in, cast, look, viewport, scheme):
    minutes, plan, feedback = confirmed(cast), agreed(cast.xiaozhang), sent(cast.manager_li, cast.xiaozhang)
    reading = resource(competency())
    assessed(cast.xiaozhang, reading.competency, 2, by=cast.manager_li)
    page = new_page(viewport, color_scheme=scheme, reduced_motion="reduce")
    sign_in(page, cast.manager_li.user)
    places = ["one-on-ones/calendar/", f"one-on-ones/with/{cast.colleague.pk}/", f"minutes/{minutes.pk}/",
              f"feedback/{feedback.pk}/", "feedback/ask/", f"plans/{plan.pk}/", "plans/",
              f"competencies/people/{cast.xiaozhang.pk}/", "learning/library/", f"learning/resources/{reading.pk}/",
              "mirror/"]  # fmt: skip
    for place in places:
        page.goto(f"/coaching/{place}")
        look(page)
