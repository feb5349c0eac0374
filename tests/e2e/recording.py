"""What stories with a voice or a video share: Chromium's fake microphone and camera, and a hand on the recorder."""

from playwright.sync_api import Page, expect

DEVICES = ["microphone", "camera"]
LENGTH = "document.querySelector('.recording-media')?.duration"


def until(page: Page, holds: str) -> None:
    """Wait for a fact about the page; the policy forbids the page itself to evaluate one."""
    for _ in range(300):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(holds)


def record(page: Page, kind: str, milliseconds: int) -> None:
    """Record for a moment; the fake microphone beeps once a second, so that the meter has something to show."""
    page.get_by_role("button", name=kind).click()
    page.get_by_role("button", name="开始录制").click()
    expect(page.get_by_text("0:01", exact=True)).to_be_visible()
    until(page, "Number(document.querySelector('[data-level]').ariaValueNow) > 5")
    page.wait_for_timeout(milliseconds)
