"""Live panels in the browser: an unchanged answer costs a 304, a broken one says so and leaves the page alone."""

import pytest
from playwright.sync_api import Page, Route, expect

PANEL = """() => {
  document.querySelector('main').insertAdjacentHTML('beforeend',
    '<div id="panel" hx-get="/panel/" hx-trigger="every 200ms">first</div>');
  htmx.process(document.getElementById('panel'));
}"""


@pytest.fixture
def page(page_zh: Page, settings) -> Page:
    settings.DEMO = True
    page_zh.goto("/_style/")
    page_zh.wait_for_function("window.htmx")
    return page_zh


def test_an_unchanged_panel_is_asked_for_by_its_tag_and_left_alone(page: Page):
    asked: list[str | None] = []

    def answer(route: Route) -> None:
        tag = route.request.headers.get("if-none-match")
        asked.append(tag)
        if tag == '"1"':
            route.fulfill(status=304, headers={"ETag": '"1"'})
        else:
            route.fulfill(body="second", headers={"ETag": '"1"', "Content-Type": "text/html"})

    page.route("**/panel/", answer)
    page.evaluate(PANEL)
    expect(page.locator("#panel")).to_have_text("second")
    page.evaluate("document.getElementById('panel').firstChild.textContent = 'touched'")
    page.wait_for_timeout(700)
    assert asked[0] is None
    assert '"1"' in asked[1:]
    expect(page.locator("#panel")).to_have_text("touched")


def test_a_panel_that_replaces_itself_is_asked_for_by_its_tag_as_well(page: Page):
    asked: list[str | None] = []
    panel = '<div id="panel" hx-get="/panel/" hx-trigger="every 200ms" hx-swap="outerHTML">second</div>'

    def answer(route: Route) -> None:
        asked.append(route.request.headers.get("if-none-match"))
        known = asked[-1] == '"1"'
        route.fulfill(status=304 if known else 200, body="" if known else panel, headers={"ETag": '"1"'})

    page.route("**/panel/", answer)
    page.evaluate(PANEL.replace("every 200ms", 'every 200ms" hx-swap="outerHTML'))
    expect(page.locator("#panel")).to_have_text("second")
    page.wait_for_timeout(700)
    assert asked[:3] == [None, '"1"', '"1"']


def test_no_connection_says_so_once_and_goes_when_it_is_back(page: Page):
    page.route("**/panel/", lambda route: route.abort())
    page.evaluate(PANEL)
    notice = page.locator("#toasts").get_by_text("暂时连接不上服务器")
    expect(notice).to_be_visible()
    page.wait_for_timeout(600)
    assert notice.count() == 1
    page.unroute("**/panel/")
    page.route("**/panel/", lambda route: route.fulfill(body="back", content_type="text/html"))
    expect(page.locator("#panel")).to_have_text("back")
    expect(notice).to_have_count(0)


def test_a_whole_error_page_never_lands_inside_a_panel(page: Page):
    broken = {"status": 500, "body": "<!doctype html><h1>no</h1>", "content_type": "text/html"}
    page.route("**/panel/", lambda route: route.fulfill(**broken))
    page.evaluate(PANEL)
    expect(page.locator("#toasts").get_by_text("操作没有成功")).to_be_visible()
    expect(page.locator("#panel")).to_have_text("first")


def test_a_chart_that_arrives_later_is_drawn_too(page: Page):
    chart = (
        '<script type="application/json" id="late">'
        '{"periods": ["W1", "W2"], "actual": {"name": "x", "values": [1, 2]}}</script>'
        '<accord-chart kind="trend" source="late" label="late"></accord-chart>'
    )
    page.route("**/panel/", lambda route: route.fulfill(body=chart, content_type="text/html"))
    page.evaluate(PANEL.replace("every 200ms", "load"))
    page.locator("#panel").scroll_into_view_if_needed()
    expect(page.locator("#panel canvas")).to_be_visible()
