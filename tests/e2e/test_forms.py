"""A form that is filled in, in Chinese: saved as one writes, back after a crash, one in two windows, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, expect

from accord.workflow.models import FieldUse, FillTurn, FormFill
from accord.workflow.services.fills import save_answers
from accord.workflow.services.merging import Change
from accord.workflow.tests.form_samples import CHECK_IN, field, filled_by, turns_of
from accord.workflow.tests.test_attachments import PNG
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE, both_screens

pytestmark = pytest.mark.django_db(transaction=True)

SAVED = re.compile("已保存")


@pytest.fixture
def fill(cast: Cast) -> FormFill:
    return filled_by(cast.xiaozhang, CHECK_IN)


@pytest.fixture
def opened(new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast) -> Callable[..., Page]:
    """The page of a fill for its author, in a browser of its own."""

    def at(fill: FormFill, viewport: dict[str, int] = DESKTOP, **options: object) -> Page:
        page = new_page(viewport, **options)
        sign_in(page, cast.xiaozhang.user)
        page.goto(f"/workflow/fills/{fill.pk}/")
        return page

    return at


def answers(fill: FormFill) -> dict[str, object]:
    return dict(FormFill.objects.get(pk=fill.pk).answers)


def test_it_saves_itself_shows_what_is_asked_and_is_handed_in(
    opened: Callable[..., Page], look: Callable[..., None], fill: FormFill, tmp_path: Path
) -> None:
    page = opened(fill)
    why = page.get_by_label("低于六十分的原因")
    expect(why).to_be_hidden()
    page.get_by_label("一句话总结").fill("退货降下来了")
    page.get_by_label("自评得分").fill("55")
    expect(why).to_be_visible(timeout=6000)
    expect(page.locator("[data-calculated]")).to_have_text("110")
    expect(page.get_by_role("status").filter(has_text=SAVED)).to_be_visible()
    assert answers(fill) == {"summary": "退货降下来了", "score": "55"}
    why.fill("物流慢了一周")
    page.get_by_text("顺手").click()
    page.get_by_label("工具").check()
    page.get_by_label("事项").first.fill("盯物流")
    page.get_by_role("button", name="添加一行").click()
    page.get_by_role("group", name="第 2 行").get_by_label("事项").fill("复盘退货")
    page.get_by_text("还有 3 项选填").click()
    page.get_by_label("情境").fill("周会上")
    picture = tmp_path / "照片.png"
    picture.write_bytes(PNG)
    page.locator('input[type="file"]').set_input_files(picture)
    expect(page.get_by_text("照片.png")).to_be_visible()
    liar = tmp_path / "合同.PDF"
    liar.write_bytes(PNG)
    page.locator('input[type="file"]').set_input_files(liar)
    expect(page.get_by_text("名不副实")).to_be_visible()
    look(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("请填写“行为”")).to_be_visible()
    expect(page.get_by_label("情境")).to_have_value("周会上")
    look(page)
    page.get_by_label("行为").fill("先给数据再谈")
    page.get_by_label("影响").fill("十分钟就定了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交，谢谢。")).to_be_visible()
    look(page)
    done = FormFill.objects.get(pk=fill.pk)
    assert (done.state, done.answers["goals"]) == ("submitted", [{"what": "盯物流"}, {"what": "复盘退货"}])
    assert FillTurn.objects.get(fill=fill).active_seconds < 120
    assert FieldUse.objects.get(field_key="why").filled == 1


def test_what_had_not_reached_the_server_is_back_after_a_crash(opened: Callable[..., Page], fill: FormFill) -> None:
    page = opened(fill)
    page.context.route("**/save/", lambda route: route.abort())
    page.get_by_label("一句话总结").fill("电池快没了")
    expect(page.get_by_text("先存在这台设备上")).to_be_visible(timeout=6000)
    page.get_by_label("自评得分").fill("77")
    again = page.context.new_page()
    # The renderer dies: no event tells the page to save what it still has.
    with page.expect_event("crash"), suppress(PlaywrightError):
        page.goto("chrome://crash", timeout=2000)
    page.close()
    again.context.unroute("**/save/")
    again.goto(f"/workflow/fills/{fill.pk}/")
    expect(again.get_by_label("一句话总结")).to_have_value("电池快没了")
    expect(again.get_by_label("自评得分")).to_have_value("77")
    expect(again.get_by_text("上次没来得及保存的内容已经找回")).to_be_visible()
    again.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('accord:fill'))")
    assert answers(fill) == {"summary": "电池快没了", "score": "77"}


def test_two_windows_lose_no_words(opened: Callable[..., Page], look: Callable[..., None], fill: FormFill) -> None:
    desk, phone = opened(fill), opened(fill, PHONE, has_touch=True)
    desk.get_by_label("一句话总结").fill("桌面写的一句")
    expect(desk.get_by_role("status").filter(has_text=SAVED)).to_be_visible(timeout=6000)
    phone.get_by_label("一句话总结").fill("手机写的一句")
    expect(phone.get_by_text("这一项在两个窗口里都写了")).to_be_visible(timeout=6000)
    expect(phone.get_by_label("一句话总结")).to_have_value("手机写的一句")
    look(phone)
    phone.get_by_label("一句话总结").fill("手机写的一句，又添了几个字")
    phone.get_by_role("button", name="改用另一段").click()
    expect(phone.get_by_text("这一项在两个窗口里都写了")).to_be_hidden()
    expect(phone.get_by_label("一句话总结")).to_have_value("手机写的一句，又添了几个字")
    desk.get_by_label("自评得分").fill("80")
    expect(desk.get_by_label("一句话总结")).to_have_value("手机写的一句，又添了几个字", timeout=6000)
    assert FormFill.objects.get(pk=fill.pk).set_aside == {}


def test_typing_on_while_a_save_is_on_its_way_is_no_conflict(opened: Callable[..., Page], cast: Cast) -> None:
    fill = filled_by(cast.xiaozhang, [field("story", "long_text", "经过")])
    page = opened(fill)
    slow = {"offline": False, "latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    story = page.get_by_label("经过")
    for words in ("第一段。", "第二段。", "第三段。"):
        story.press_sequentially(words, delay=20)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(2100)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交，谢谢。")).to_be_visible()
    assert answers(fill) == {"story": "第一段。第二段。第三段。"}


def test_without_a_script_a_form_is_filled_in_all_the_same(opened: Callable[..., Page], fill: FormFill) -> None:
    page = opened(fill, PHONE, java_script_enabled=False)
    page.get_by_label("一句话总结").fill("没有脚本也行")
    page.get_by_label("自评得分").fill("40")
    page.get_by_role("button", name="保存并继续").last.click()
    page.get_by_label("低于六十分的原因").fill("忙")
    page.get_by_text("还有 3 项选填").click()
    page.get_by_label("其他想说的").fill("没有了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("已提交，谢谢。")).to_be_visible()
    assert answers(fill)["extra"] == "没有了"


@both_screens
def test_the_pages_are_accessible(
    opened: Callable[..., Page],
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[..., None],
    cast: Cast,
    fill: FormFill,
    viewport: dict[str, int],
    scheme: str,
) -> None:
    goals = [{"what": "盯物流", "who": cast.manager_li.pk}]
    save_answers(fill, "start", {"summary": Change(None, "先"), "goals": Change(None, goals)}, 0, cast.xiaozhang)
    save_answers(fill, "start", {"summary": Change(None, "后")}, 0, cast.xiaozhang, window="b")
    page = opened(fill, viewport, color_scheme=scheme)
    page.get_by_text("还有 3 项选填").click()
    look(page)
    page.goto("/workflow/fills/")
    look(page)
    version = fill.version
    turns_of(version, cast.xiaozhang, [40, 50, 200])
    for key in ("extra", "buddy"):
        FieldUse.objects.create(version=version, field_key=key, offered=30, filled=1)
    designer = new_page(viewport, color_scheme=scheme)
    sign_in(designer, cast.hrbp_wang.user)
    designer.goto(f"/workflow/forms/{version.form_id}/use/")
    look(designer)
    designer.get_by_role("button", name="对所有人收起").click()
    expect(designer.get_by_text("已对所有人收起", exact=True)).to_be_visible()
