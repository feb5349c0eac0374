"""A real Chromium before Django's live server: desktop and phone, in Chinese, watched for CSP violations and errors."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from fasteners import InterProcessLock
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from accord.foundation.models import User
from tests.e2e.instances import Instance

# Playwright keeps an event loop in this thread, and Django would refuse the database beside it. The tests use one
# after the other, never both at once.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SCREENSHOTS = Path(__file__).parent / "screenshots"
BUNDLE = Path(__file__).parents[2] / "accord" / "foundation" / "static" / "accord" / "dist"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--use-fake-device-for-media-stream"]  # fmt: skip
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# Each place is seen at both widths and in both schemes; all pieces of pages in all four on the page of styles.
both_screens = pytest.mark.parametrize(
    ("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
LATIN_WORD = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]*[a-z]{3,}[A-Za-z]*(?![A-Za-z0-9])")
# Codes of errors, addresses, files, time zones and digests.
NAMES_OF_THINGS = re.compile(
    r"https?://\S+|[a-z]+(?:_[a-z]+)+|[\w.\-]+@[\w.\-]+|[\w\-]+\.(?:csv|xlsx)|\.xlsx|\.csv|[A-Z][a-z]+/[A-Z][\w/]+|[0-9a-f]{64}"
)
# The last four are the names of a ticket system and of two calendars.
LOAN_WORDS = {"English", "Accord", "Excel", "Request", "Tracker", "Outlook", "Google"}
SETTLED = """Promise.all(document.getAnimations().filter((each) => each.effect.getTiming().iterations !== Infinity)
  .map((each) => each.finished.catch(() => 0)))"""
# What can be seen, but for what comes from files: their headers, rows and the names people gave things.
SHOWN_TEXT = """[...document.querySelectorAll('body *')]
  .filter((each) => each.checkVisibility() && !each.closest('code, script, svg, [translate=no]'))
  .flatMap((each) => [...each.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data)).join('\\n')"""
FAILED = pytest.StashKey[bool]()
# What a page may take on a machine that does something else besides; how fast pages are is measured elsewhere.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

WATCH_POLICY = """document.addEventListener('securitypolicyviolation', (event) =>
  window.policyBroken(`${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`))"""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure, so that the page's fixture can take its picture."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    program = next((path for path in map(shutil.which, PROGRAMS) if path), None)
    assert program, "No Chromium on the PATH; .ci/run installs it"
    assert (BUNDLE / "app.css").exists(), "The browser bundle is missing; `python3 dev.py setup` builds it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, request) -> Iterator[str]:
    """The demo company, served. It is built once for all processes of a run; each serves a copy of its own."""
    shared = tmp_path_factory.getbasetemp()
    if hasattr(request.config, "workerinput"):
        shared = shared.parent
    with InterProcessLock(shared / "demo.lock"):
        built = shared / "demo"
        if not built.exists():
            Instance(shared / "building", demo=True).accord("demo", "--no-serve")
            (shared / "building").rename(built)
    home = tmp_path_factory.mktemp("demo") / "home"
    shutil.copytree(built, home)
    with Instance(home, demo=True).serving() as address:
        yield address


@pytest.fixture
def new_page_at(browser: Browser, request) -> Iterator[Callable[..., Page]]:
    """Open a page of the product served at an address: `new_page_at(address, PHONE, color_scheme="dark")`.

    At the end of the test no page may have broken the content security policy or thrown an error.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(address: str, viewport: dict[str, int] = DESKTOP, **options) -> Page:
        context = browser.new_context(base_url=address, viewport=viewport, locale="zh-CN", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        context.expose_binding("policyBroken", lambda source, text: complaints.append(text))
        context.add_init_script(WATCH_POLICY)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield opened
    if request.node.stash.get(FAILED, False):
        _picture(request.node, contexts)
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def new_page(new_page_at: Callable[..., Page], live_server) -> Callable[..., Page]:
    """Open a page of the live server: `new_page(PHONE, color_scheme="dark", java_script_enabled=False)`."""
    return partial(new_page_at, live_server.url)


@pytest.fixture
def page_zh(new_page: Callable[..., Page]) -> Page:
    """A desktop page."""
    return new_page(DESKTOP)


@pytest.fixture
def phone_zh(new_page: Callable[..., Page]) -> Page:
    """A phone page."""
    return new_page(PHONE, has_touch=True)


@pytest.fixture
def sign_in(live_server) -> Callable[[Page, User], None]:
    """Put the session of `user` into the browser, without the login form."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return signed_in


@pytest.fixture
def axe_clean() -> Callable[[Page], None]:
    """Assert that axe finds no barrier on the page, contrast included."""

    def clean(page: Page) -> None:
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        lines = [
            f"{barrier['id']}: {node['html'][:160]} – {node['failureSummary'][:240]}"
            for barrier in found
            for node in barrier["nodes"][:3]
        ]
        assert not lines, "\n".join(lines)

    return clean


@pytest.fixture
def look(axe_clean: Callable[[Page], None]) -> Callable[[Page], None]:
    """Assert what holds for every page in Chinese: no barrier, nothing off the screen, no English left over."""

    def looked(page: Page) -> None:
        page.wait_for_load_state()
        page.evaluate(SETTLED)
        axe_clean(page)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
        assert page.locator("html").get_attribute("lang") == "zh-hans"
        shown = page.evaluate(SHOWN_TEXT)
        assert not english_words(shown), (page.url, english_words(shown))

    return looked


def english_words(text: str) -> set[str]:
    """Words of small letters in a Chinese page that are no name, address, file or unit."""
    return set(LATIN_WORD.findall(NAMES_OF_THINGS.sub("", text))) - LOAN_WORDS


def _picture(node: pytest.Item, contexts: list[BrowserContext]) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    name = "".join(letter if letter.isalnum() else "-" for letter in node.name)
    for place, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=SCREENSHOTS / f"{name}-{place}.png", full_page=True)
