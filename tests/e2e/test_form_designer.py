"""The form designer in a real browser, in Chinese: mouse, finger, keyboard, two people at once, preview, JSON."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accord.workflow.models import FormVersion
from accord.workflow.services.versions import create_definition, draft_of, save_draft
from tests.cast import Cast
from tests.e2e.conftest import DESKTOP, PHONE, both_screens

pytestmark = pytest.mark.django_db(transaction=True)

SUMMARY = {"key": "summary", "kind": "text", "label": {"zh": "一句话总结"}, "required": True, "core": True}
SCORE = {
    "key": "score",
    "kind": "rating",
    "label": {"zh": "目标完成度"},
    "anchors": [{"value": at, "label": {"zh": words}} for at, words in enumerate(("偏低", "符合", "超出"), 1)],
}
BLOCKED = {"key": "blocked", "kind": "long_text", "label": {"zh": "卡在哪里"}}
BODY = {
    "v": 1,
    "title": {"zh": "月度进展"},
    "intro": {"zh": "每月最后一个工作日前填好。"},
    "steps": [{"key": "start", "label": {"zh": "填写人"}}, {"key": "lead", "label": {"zh": "主管"}}],
    "fields": [SUMMARY, SCORE, BLOCKED],
}


@pytest.fixture
def version(cast: Cast) -> FormVersion:
    made = draft_of(create_definition("form", "月度进展", cast.hrbp_wang))
    save_draft(made, BODY, 0, cast.hrbp_wang)
    return made


@pytest.fixture
def designer(new_page: Callable[..., Page], sign_in: Callable[..., None], cast: Cast, version: FormVersion) -> Any:
    """Open the designer: `designer()`, `designer(PHONE, who=cast.administrator)`."""

    def opened(viewport: dict[str, int] = DESKTOP, who: Any = None, **options: Any) -> Page:
        page = new_page(viewport, **options)
        sign_in(page, (who or cast.hrbp_wang).user)
        page.goto(f"/workflow/forms/versions/{version.pk}/design/")
        expect(page.locator(".designer")).to_be_visible()
        return page

    return opened


def labels(page: Page) -> list[str]:
    return page.locator(".form-card-label").all_inner_texts()


def card(page: Page, key: str) -> Locator:
    return page.locator(f"[data-card={key}]")


def saved(page: Page, version: FormVersion) -> dict[str, Any]:
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    version.refresh_from_db()
    return dict(version.body)


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, what: Locator, onto: Locator, below: float = 0) -> None:
    start, (x, y) = middle(what), middle(onto)
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + 8, start[1] + 8, steps=3)
    page.mouse.move(x, y + below, steps=12)
    page.wait_for_timeout(200)
    page.mouse.move(x, y + below + 1)
    page.mouse.up()


def swipe(page: Page, what: Locator, onto: Locator, below: float = 0) -> None:
    """A finger that rests, then moves: as the browser itself hears it."""
    touch = page.context.new_cdp_session(page)
    start, (x, y) = middle(what), middle(onto)

    def send(kind: str, *points: tuple[float, float]) -> None:
        found = [{"x": point[0], "y": point[1]} for point in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    send("touchStart", start)
    page.wait_for_timeout(400)
    for step in range(1, 13):
        send("touchMove", (start[0] + (x - start[0]) * step / 12, start[1] + (y + below - start[1]) * step / 12))
        page.wait_for_timeout(30)
    page.wait_for_timeout(200)
    send("touchEnd")


def test_fields_are_dragged_in_and_moved_with_the_mouse(designer: Any, version: FormVersion) -> None:
    page = designer()
    clock = page.locator("[data-clock]")
    before = clock.inner_text()
    drag(page, page.locator("[data-kind=long_text]"), card(page, "score"))
    expect(page.locator(".form-card")).to_have_count(4)
    assert labels(page) == ["一句话总结", "目标完成度", "多行文本", "卡在哪里"]
    # The palette still has what was taken from it.
    expect(page.locator("[data-kind=long_text] button")).to_be_visible()
    expect(clock).not_to_have_text(before)
    page.get_by_label("标题", exact=True).fill("下月重点")
    drag(page, card(page, "blocked"), card(page, "summary"), below=-30)
    expect(page.locator(".form-card-label").first).to_have_text("卡在哪里")
    body = saved(page, version)
    assert [field["key"] for field in body["fields"]] == ["blocked", "summary", "score", "long_text"]
    assert body["fields"][3]["label"] == {"zh": "下月重点", "en": "Long text"}


def test_everything_goes_by_keyboard(designer: Any, version: FormVersion) -> None:
    page = designer()
    heard = page.locator("#announcements")
    page.get_by_role("button", name="数字").focus()
    page.keyboard.press("Enter")
    expect(card(page, "number")).to_be_focused()
    expect(heard).to_have_text("已添加“数字”，第 4 项，共 4 项。")
    page.keyboard.press("Alt+ArrowUp")
    expect(heard).to_have_text("“数字”现在是第 3 项，共 4 项。")
    expect(card(page, "number")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(card(page, "number_2")).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(card(page, "score")).to_be_focused()
    page.keyboard.press("Delete")
    assert labels(page) == ["一句话总结", "数字", "数字（副本）", "卡在哪里"]
    expect(page.get_by_text("已删除“目标完成度”").first).to_be_visible()
    page.keyboard.press("Control+z")
    expect(card(page, "score")).to_be_visible()
    page.keyboard.press("Control+Shift+z")
    expect(card(page, "score")).to_have_count(0)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    version.refresh_from_db()
    assert [field["key"] for field in version.body["fields"]] == ["summary", "score", "number", "number_2", "blocked"]


def test_buttons_move_a_field_and_keep_the_focus(designer: Any) -> None:
    page = designer()
    card(page, "summary").click()
    down = page.get_by_role("group", name="一句话总结").get_by_role("button", name="下移")
    down.press("Enter")
    expect(down).to_be_focused()
    assert labels(page) == ["目标完成度", "一句话总结", "卡在哪里"]
    down.press("Enter")
    # At the end the button cannot go on; the focus is on the card, never lost.
    expect(card(page, "summary")).to_be_focused()


def test_fingers_add_move_and_set_on_a_phone(designer: Any, version: FormVersion) -> None:
    page = designer(PHONE, has_touch=True)
    page.get_by_role("button", name="添加字段").tap()
    page.locator("#designer-palette").get_by_role("button", name="单选").tap()
    expect(card(page, "choice")).to_be_visible()
    expect(page.locator("#designer-palette")).not_to_be_visible()
    page.get_by_role("group", name="单选").get_by_role("button", name="设置").tap()
    settings = page.locator("#designer-settings")
    settings.get_by_label("标题", exact=True).fill("支持来自哪里")
    settings.get_by_label("选项 1").fill("直属上级")
    settings.get_by_role("button", name="关闭").tap()
    expect(settings).not_to_be_visible()
    expect(page.locator(".sample-option").first).to_have_text("直属上级")
    swipe(page, card(page, "choice"), card(page, "blocked"), below=-40)
    expect(page.locator(".form-card-label").nth(2)).to_have_text("支持来自哪里")
    body = saved(page, version)
    assert [field["key"] for field in body["fields"]] == ["summary", "score", "choice", "blocked"]
    assert body["fields"][2]["options"][0]["label"]["zh"] == "直属上级"


def test_a_condition_is_built_of_rows(designer: Any, version: FormVersion) -> None:
    page = designer()
    card(page, "blocked").click()
    place = page.locator("[data-section=condition]")
    place.get_by_role("button", name="添加条件").click()
    place.get_by_label("条件字段 1").select_option("score")
    place.get_by_label("条件关系 1").select_option("<")
    place.get_by_label("条件取值 1").select_option("2")
    expect(page.locator(".form-card", has=card(page, "blocked")).get_by_text("有条件")).to_be_visible()
    place.get_by_role("button", name="添加条件").click()
    place.get_by_label("条件字段 2").select_option("summary")
    place.get_by_label("条件关系 2").select_option("contains")
    place.get_by_label("条件取值 2").fill("延期")
    place.get_by_role("button", name="任一满足（或）").click()
    assert saved(page, version)["fields"][2]["visible_if"] == "score < 2 or contains(summary, '延期')"
    page.reload()
    card(page, "blocked").click()
    expect(place.get_by_label("条件取值 2")).to_have_value("延期")
    place.get_by_role("button", name="自由编写").click()
    place.get_by_label("表达式").fill("9 ** 9 ** 9")
    # The server says what is wrong, beside the field and in the list.
    expect(page.locator(".settings-problem").first).to_be_visible()
    place.get_by_label("表达式").fill("score < 3")
    expect(page.locator(".settings-problem")).to_have_count(0)
    place.get_by_role("button", name="逐条设置").click()
    expect(place.get_by_label("条件取值 1")).to_have_value("3")


def test_undo_takes_back_step_by_step(designer: Any) -> None:
    page = designer()
    undo, redo = page.locator("[data-undo]"), page.locator("[data-redo]")
    expect(undo).to_be_disabled()
    card(page, "summary").click()
    page.get_by_label("标题", exact=True).press("End")
    page.keyboard.type("（本月）", delay=20)
    page.get_by_role("switch", name="必填").uncheck()
    expect(page.get_by_text("有改动未保存")).to_be_visible()
    undo.click()
    expect(page.get_by_role("switch", name="必填")).to_be_checked()
    # A word typed in one go is one step.
    undo.click()
    expect(page.get_by_label("标题", exact=True)).to_have_value("一句话总结")
    expect(undo).to_be_disabled()
    expect(page.get_by_text("已保存", exact=True)).to_be_visible()
    redo.click()
    expect(page.locator(".form-card-label").first).to_have_text("一句话总结（本月）")


def test_the_minutes_are_seen_while_designing(designer: Any) -> None:
    page = designer()
    clock = page.locator(".form-clock")
    expect(clock).to_have_class(re.compile("tone-green"))
    for _ in range(4):
        page.locator("[data-kind=sbi] button").click()
    expect(clock).to_have_class(re.compile("tone-red"))
    expect(clock).to_contain_text("/ 5 分钟")
    clock.click()
    expect(page.locator(".shares li").first).to_contain_text("SBI 反馈")
    expect(page.get_by_text("超出预算")).to_be_visible()
    # What is folded away costs nothing.
    page.locator(".shares button").first.click()
    before = page.locator("[data-clock]").inner_text()
    page.get_by_role("switch", name="核心字段").uncheck()
    expect(page.locator("[data-clock]")).not_to_have_text(before)


def test_all_kinds_can_be_added_and_set(designer: Any, version: FormVersion) -> None:
    page = designer()
    kinds = [part.get_attribute("data-kind") for part in page.locator("[data-kind]").all()]
    assert len(kinds) == 15
    for kind in kinds:
        page.locator(f"[data-kind={kind}] button").click()
        expect(page.locator(f".form-card.is-picked.is-{kind}")).to_be_visible()
    card(page, "metric").click()
    page.get_by_label("指标", exact=True).fill("签约额")
    card(page, "calculated").click()
    page.get_by_role("group", name="插入字段").get_by_role("button", name="数字").click()
    page.get_by_label("由其他字段算出").press_sequentially(" * 2")
    card(page, "table").click()
    page.get_by_label("列类型 2").select_option("choice")
    page.get_by_label("列的选项 2").fill("高、中、低")
    page.get_by_label("列的选项 2").blur()
    card(page, "attachment").click()
    page.get_by_role("button", name="图片").click()
    page.get_by_role("group", name="主管").get_by_role("button", name="隐藏").click()
    body = saved(page, version)
    page.get_by_role("tab", name="用时与检查").click()
    expect(page.get_by_text("没有需要修改的地方")).to_be_visible()
    fields = {field["key"]: field for field in body["fields"]}
    assert fields["calculated"]["formula"] == "number * 2"
    assert [option["label"]["zh"] for option in fields["table"]["columns"][1]["options"]] == ["高", "中", "低"]
    assert fields["attachment"]["accept"] == ["image"]
    assert fields["attachment"]["rights"] == {"lead": "hide"}


def test_steps_words_in_english_and_keys(designer: Any, version: FormVersion) -> None:
    page = designer()
    page.get_by_role("tab", name="表单", exact=True).click()
    page.get_by_role("textbox", name="表单标题").fill("月度小结")
    page.get_by_role("button", name="添加步骤").click()
    page.get_by_label("步骤 3").fill("HR")
    page.get_by_role("button", name="English").last.click()
    page.get_by_role("textbox", name="表单标题").fill("Monthly summary")
    card(page, "score").click()
    page.locator(".settings-more summary").click()
    page.get_by_label("字段标识").fill("Rating")
    page.get_by_label("字段标识").blur()
    expect(page.get_by_text("标识以小写字母开头")).to_be_visible()
    page.get_by_label("字段标识").fill("done")
    page.get_by_label("字段标识").blur()
    expect(card(page, "done")).to_be_visible()
    body = saved(page, version)
    assert body["title"] == {"zh": "月度小结", "en": "Monthly summary"}
    assert [step["label"]["zh"] for step in body["steps"]] == ["填写人", "主管", "HR"]
    assert body["fields"][1]["key"] == "done"


def test_two_people_save_and_nothing_is_lost(designer: Any, version: FormVersion, cast: Cast) -> None:
    wang, zheng = designer(), designer(who=cast.administrator)
    card(zheng, "summary").click()
    zheng.get_by_label("标题", exact=True).fill("本月一句话")
    saved(zheng, version)
    card(wang, "blocked").click()
    wang.keyboard.press("Delete")
    wang.get_by_role("button", name="保存", exact=True).click()
    conflict = wang.get_by_role("dialog", name="有人先保存了这份草稿")
    expect(conflict).to_contain_text("郑管理员")
    expect(conflict.get_by_role("listitem")).to_have_count(2)
    conflict.get_by_role("button", name="采用对方的").click()
    expect(wang.locator(".form-card-label").first).to_have_text("本月一句话")
    expect(wang.get_by_text("已保存", exact=True)).to_be_visible()
    # Mine is one step back.
    wang.locator("[data-undo]").click()
    expect(card(wang, "blocked")).to_have_count(0)
    expect(wang.locator(".form-card-label").first).to_have_text("一句话总结")
    assert len(saved(wang, version)["fields"]) == 2

    card(zheng, "score").click()
    zheng.get_by_label("标题", exact=True).fill("完成度")
    zheng.get_by_role("button", name="保存", exact=True).click()
    zheng.get_by_role("dialog").get_by_role("button", name="稍后再定").click()
    expect(zheng.get_by_role("button", name="有人先保存了")).to_be_visible()
    zheng.get_by_role("button", name="保存", exact=True).click()
    zheng.get_by_role("dialog").get_by_role("button", name="保留我的").click()
    expect(zheng.get_by_text("已保存", exact=True)).to_be_visible()
    version.refresh_from_db()
    assert [field["label"]["zh"] for field in version.body["fields"]] == ["本月一句话", "完成度", "卡在哪里"]
    zheng.locator("[data-undo]").click()
    expect(zheng.locator(".form-card")).to_have_count(2)


def test_work_survives_a_lost_connection(designer: Any, version: FormVersion) -> None:
    page = designer()
    card(page, "summary").click()
    page.keyboard.press("Delete")
    page.context.set_offline(True)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_role("alert").get_by_text("连不上服务器")).to_be_visible()
    page.context.set_offline(False)
    assert len(saved(page, version)["fields"]) == 2
    expect(page.get_by_text("连不上服务器")).to_have_count(0)


def test_leaving_with_unsaved_work_is_asked_about(designer: Any, version: FormVersion) -> None:
    page = designer()
    questions: list[str] = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    card(page, "summary").click()
    page.keyboard.press("Delete")
    page.get_by_role("link", name="返回").click()
    page.wait_for_timeout(300)
    assert questions == ["beforeunload"]
    assert page.url.endswith("/design/")
    saved(page, version)
    page.get_by_role("link", name="返回").click()
    page.wait_for_url(re.compile(rf"/workflow/forms/{version.form_id}/$"))


def test_the_preview_is_the_real_form_at_phone_width(designer: Any, axe_clean: Callable[[Page], None]) -> None:
    page = designer()
    card(page, "blocked").click()
    page.get_by_role("button", name="自由编写").click()
    page.get_by_label("表达式").fill("score < 2")
    page.get_by_role("button", name="预览").click()
    stage = page.locator("#preview-page")
    expect(stage.get_by_label("一句话总结")).to_be_visible()
    page.get_by_role("button", name="手机").click()
    assert stage.bounding_box()["width"] <= 408
    expect(stage.locator("[data-field=blocked]")).not_to_be_visible()
    stage.locator("[name=score][value='1']").check(force=True)
    expect(stage.locator("[data-field=blocked]")).to_be_visible()
    axe_clean(page)
    page.get_by_label("以谁的身份").select_option("lead")
    expect(stage.locator("input[name=summary]")).to_have_count(0)


def test_export_and_import_go_round(designer: Any, version: FormVersion, tmp_path: Path) -> None:
    page = designer()
    page.get_by_label("更多").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 JSON").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text("utf-8")) == BODY
    card(page, "summary").click()
    page.keyboard.press("Delete")
    page.get_by_label("更多").click()
    page.get_by_role("button", name="导入 JSON").click()
    dialog = page.get_by_role("dialog", name="导入 JSON")
    for text, sentence in (("{", "这不是 JSON"), ("[]", "不是这个设计器能打开的"), ('{"v": 1}', "“fields”和“steps”")):
        dialog.get_by_label("或粘贴在这里").fill(text)
        dialog.get_by_role("button", name="导入", exact=True).click()
        expect(dialog.get_by_role("alert")).to_contain_text(sentence)
    dialog.get_by_label("文件", exact=True).set_input_files(file)
    expect(dialog).not_to_be_visible()
    expect(page.locator(".form-card")).to_have_count(3)
    page.locator("[data-undo]").click()
    expect(page.locator(".form-card")).to_have_count(2)


def test_a_published_version_is_only_looked_at(designer: Any, version: FormVersion) -> None:
    FormVersion.objects.filter(pk=version.pk).update(state="published")
    page = designer()
    expect(page.get_by_text("只读").first).to_be_visible()
    expect(page.get_by_role("button", name="保存", exact=True)).to_have_count(0)
    card(page, "score").click()
    expect(page.get_by_label("标题", exact=True)).to_be_disabled()
    page.keyboard.press("Delete")
    expect(page.locator(".form-card")).to_have_count(3)


def test_without_a_script_the_definition_is_a_text(
    new_page: Callable[..., Page],
    sign_in: Callable[..., None],
    look: Callable[[Page], None],
    cast: Cast,
    version: FormVersion,
) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    sign_in(page, cast.hrbp_wang.user)
    page.goto(f"/workflow/forms/versions/{version.pk}/design/")
    expect(page.get_by_text("一句话总结").first).to_be_visible()
    page.get_by_label("定义").fill(json.dumps({**BODY, "fields": [SCORE]}))
    page.get_by_role("button", name="保存").click()
    version.refresh_from_db()
    assert version.body["fields"] == [SCORE]


@both_screens
def test_the_designer_is_accessible(
    designer: Any, look: Callable[[Page], None], viewport: dict[str, int], scheme: str
) -> None:
    page = designer(viewport, color_scheme=scheme)
    look(page)
    for key in ("score", "blocked"):
        card(page, key).click()
        look(page)
    if viewport == PHONE:
        card(page, "blocked").click()
        expect(page.locator("#designer-settings")).to_be_visible()
        look(page)
        page.keyboard.press("Escape")
        expect(card(page, "blocked")).to_be_focused()
        page.get_by_role("button", name="添加字段").click()
        look(page)
    else:
        page.get_by_role("button", name="添加条件").click()
        for tab in ("表单", "用时与检查"):
            page.get_by_role("tab", name=tab, exact=True).click()
            look(page)
        page.get_by_label("更多").click()
        page.get_by_role("button", name="导入 JSON").click()
        look(page)
