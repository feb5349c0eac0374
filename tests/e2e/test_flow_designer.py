"""A flow drawn in Chinese: by mouse, by keys alone, by finger; mended, tried out, saved, and saved by two at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from accord.workflow.models import FlowInstance, FlowVersion
from accord.workflow.tests.flow_designer_builders import branched_flow, flow_to_design
from tests.cast import Cast
from tests.e2e.conftest import PHONE, both_screens

pytestmark = pytest.mark.django_db(transaction=True)

BLANK: dict[str, Any] = {"v": 1, "nodes": [{"kind": "start", "key": "start", "step": "start"}]}


@pytest.fixture
def version(cast: Cast) -> FlowVersion:
    return flow_to_design(cast.hrbp_wang)


@pytest.fixture
def opened(sign_in: Callable[..., None], cast: Cast) -> Callable[[Page, FlowVersion], Page]:
    """Open the designer of a version as HR."""

    def open_it(page: Page, version: FlowVersion) -> Page:
        sign_in(page, cast.hrbp_wang.user)
        page.goto(f"/workflow/flows/versions/{version.pk}/design/")
        expect(page.locator(".flow-card").first).to_be_visible()
        return page

    return open_it


def card(page: Page, key: str) -> Locator:
    """The card of a node by its key, of a branch by `<fork>/<branch>`."""
    return page.locator(f'.flow-canvas [data-do="select"][data-focus="{key}"]')


def plus(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=f"在“{name}”之后添加节点")


def add(page: Page, after: str, kind: str) -> None:
    plus(page, after).click()
    page.get_by_role("menuitem", name=kind).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".designer-state .light-green")).to_be_visible()


def keys_of(nodes: list[dict[str, Any]]) -> list[Any]:
    """The keys of a list of nodes, with the lists of a fork's branches inside."""
    return [
        [node["key"], *(keys_of(branch["nodes"]) for branch in node["branches"])]
        if node["kind"] == "branch"
        else node["key"]
        for node in nodes
    ]


def drawn(page: Page) -> list[Any]:
    """What stands on the canvas, as `keys_of` tells it."""
    return page.evaluate("""() => {
      const list = (ol) => [...ol.children].map((item) => {
        const key = item.dataset.key, fork = item.querySelector(':scope > .flow-fork > .flow-branches');
        return fork ? [key, ...[...fork.children].map((way) => list(way.querySelector(':scope > .flow-list')))] : key;
      });
      return list(document.querySelector('.flow-canvas > .flow-list'));
    }""")


def test_a_flow_with_a_branch_and_a_joint_approval_is_built_by_mouse(page_zh: Page, opened, cast: Cast) -> None:
    version = flow_to_design(cast.hrbp_wang, BLANK)
    page = opened(page_zh, version)
    expect(page.get_by_role("button", name="1 处待完善")).to_be_visible()
    add(page, "发起", "条件分支")
    page.get_by_label("名称", exact=True).fill("按天数")
    page.get_by_role("button", name="条件 优先级 1").click()
    page.get_by_label("名称", exact=True).fill("五天及以上")
    page.get_by_label("判断的内容").select_option(label="请假天数")
    page.get_by_label("比较方式").select_option(label="大于等于")
    page.get_by_label("值", exact=True).fill("5")
    add(page, "五天及以上", "审批")
    page.get_by_label("名称", exact=True).fill("联合审批")
    page.get_by_role("button", name="添加人员").click()
    page.get_by_label("找人方式").nth(1).select_option(label="指定人员")
    person = page.get_by_label("按姓名或工号添加人员")
    person.press_sequentially("陈总")
    page.get_by_role("option", name="陈总").click()
    expect(page.locator(".flow-people .chip")).to_have_text("陈总")
    page.get_by_text("会签", exact=True).click()
    page.get_by_role("switch", name="时限").check()
    page.get_by_label("逾期后").select_option(label="转交其上级")
    expect(card(page, "approve")).to_contain_text("直属上级、陈总 · 会签 · 3 天内，逾期转上级")
    add(page, "按天数", "抄送")
    expect(page.get_by_role("button", name="没有问题")).to_be_visible()
    save(page)
    version.refresh_from_db()
    assert keys_of(version.body["nodes"]) == ["start", ["fork", ["approve"], []], "cc"]
    ways = version.body["nodes"][1]["branches"]
    assert [way.get("when") for way in ways] == ["days >= 5", None]
    approve = ways[0]["nodes"][0]
    assert approve["approvers"] == [{"by": "manager", "level": 1}, {"by": "named", "employees": ["A001"]}]
    assert (approve["mode"], approve["deadline"]) == ("all", {"days": 3, "then": "escalate"})


def drag(page: Page, what: Locator, to: Locator, above: bool = False) -> None:
    """Drag a card onto the upper or lower part of another one, as a hand does: in steps."""
    # What is being drawn anew has no place for a moment.
    page.wait_for_timeout(900)
    start, goal = what.bounding_box(), to.bounding_box()
    assert start is not None
    assert goal is not None
    page.mouse.move(start["x"] + 60, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 66, start["y"] + 30, steps=4)
    page.mouse.move(goal["x"] + 60, goal["y"] + goal["height"] * (0.2 if above else 0.9), steps=14)
    page.wait_for_timeout(250)
    page.mouse.move(goal["x"] + 62, goal["y"] + goal["height"] * (0.15 if above else 0.95), steps=4)
    page.wait_for_timeout(250)
    page.mouse.up()


def test_cards_are_dragged_within_and_between_lists_and_branches_among_themselves(
    page_zh: Page, opened, version: FlowVersion
) -> None:
    page = opened(page_zh, version)
    assert drawn(page) == ["start", "lead", ["length", ["upper"], ["pause"], []], "told"]
    drag(page, card(page, "lead"), card(page, "pause"))
    expect(page.locator(".flow-canvas > .flow-list > li")).to_have_count(3)
    assert drawn(page) in (
        ["start", ["length", ["upper"], ["pause", "lead"], []], "told"],
        ["start", ["length", ["upper"], ["lead", "pause"], []], "told"],
    )
    page.get_by_role("button", name="撤销").first.click()
    assert drawn(page) == ["start", "lead", ["length", ["upper"], ["pause"], []], "told"]
    drag(page, card(page, "length/sick"), card(page, "length/long"), above=True)
    expect(page.locator(".flow-branch").first).to_contain_text("病假")
    save(page)
    version.refresh_from_db()
    assert [way["key"] for way in version.body["nodes"][2]["branches"]] == ["sick", "long", "otherwise"]


def test_the_start_stays_first_and_the_otherwise_last(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    before = drawn(page)
    drag(page, card(page, "told"), card(page, "start"), above=True)
    assert drawn(page)[0] == "start"
    page.keyboard.press("Control+z")
    drag(page, card(page, "length/long"), card(page, "length/otherwise"))
    expect(page.locator(".flow-branch").last).to_contain_text("其他情况")
    card(page, "length/otherwise").click()
    expect(page.get_by_role("button", name="删除")).to_be_hidden()
    assert drawn(page)[0] == before[0]


def test_the_order_is_changed_by_keys_alone(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    card(page, "told").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowUp")
    assert drawn(page) == ["start", "lead", "told", ["length", ["upper"], ["pause"], []]]
    expect(card(page, "told")).to_be_focused()
    expect(page.locator("#announcements")).to_have_text("“抄送人事”已移到“直属上级审批”之后。")
    # The tools stand right behind the card; pressed again and again they keep the focus.
    up = page.locator(".flow-tools").get_by_role("button", name="上移")
    page.keyboard.press("Tab")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    assert drawn(page)[1] == "told"
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    assert drawn(page) == ["start", "lead", ["length", ["upper"], ["pause"], []], "told"]
    page.keyboard.press("Control+Shift+z")
    assert drawn(page) == ["start", "lead", "told", ["length", ["upper"], ["pause"], []]]
    # From the edge of a branch a card leaves it.
    card(page, "upper").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+ArrowDown")
    assert drawn(page) == ["start", "lead", "told", ["length", [], ["pause"], []], "upper"]
    # Into any gap: choose the card, then the gap.
    page.keyboard.press("Enter")
    expect(page.get_by_label("名称", exact=True)).to_be_focused()
    page.get_by_role("button", name="移动到…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="移动到“其他情况”之后").focus()
    page.keyboard.press("Enter")
    assert drawn(page) == ["start", "lead", "told", ["length", [], ["pause"], ["upper"]]]
    expect(card(page, "upper")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.locator(".designer-state .light-green")).to_be_visible()
    version.refresh_from_db()
    assert keys_of(version.body["nodes"]) == drawn(page)


def test_a_step_is_added_copied_and_removed_by_keys_with_a_way_back(
    page_zh: Page, opened, version: FlowVersion
) -> None:
    page = opened(page_zh, version)
    plus(page, "直属上级审批").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="审批")).to_be_focused()
    page.keyboard.press("Escape")
    expect(plus(page, "直属上级审批")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="审批")).to_be_focused()
    for _step in range(5):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("menuitem", name="等待")).to_be_focused()
    page.keyboard.press("Enter")
    expect(card(page, "wait")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(card(page, "wait_2")).to_be_focused()
    page.keyboard.press("Delete")
    expect(page.locator(".designer-snack")).to_contain_text("已删除“等待”。")
    assert drawn(page)[1:3] == ["lead", "wait"]
    page.locator(".designer-snack").get_by_role("button", name="撤销").click()
    assert drawn(page)[1:4] == ["lead", "wait", "wait_2"]


def test_problems_stand_at_their_cards_and_go_when_mended(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    card(page, "upper").click()
    for _rule in range(2):
        page.get_by_role("button", name="移除").first.click()
    card(page, "length/long").click()
    page.get_by_label("值", exact=True).fill("")
    expect(page.get_by_role("button", name="2 处待完善")).to_be_visible()
    expect(card(page, "length/long")).to_contain_text("这个分支还没有设置条件。")
    expect(card(page, "upper")).to_contain_text("没有设置由谁处理")
    page.get_by_role("button", name="2 处待完善").click()
    page.get_by_role("button", name="没有设置由谁处理").filter(has_text="上级与 HRBP 会签").last.click()
    expect(card(page, "upper")).to_be_focused()
    page.get_by_role("button", name="添加人员").click()
    card(page, "length/long").click()
    page.get_by_label("值", exact=True).fill("5")
    expect(page.get_by_role("button", name="没有问题")).to_be_visible()


def test_a_free_expression_is_checked_by_the_server(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    card(page, "length/long").click()
    page.get_by_role("button", name="用表达式编写").click()
    expression = page.get_by_label("表达式")
    expect(expression).to_have_value("days >= 5")
    expression.fill("days >")
    expect(card(page, "length/long").locator(".flow-card-problem")).to_be_visible()
    expression.fill("(days >= 5 or kind = 'annual') and not empty(days)")
    expect(card(page, "length/long").locator(".flow-card-problem")).to_have_count(0)
    expect(card(page, "length/long")).to_contain_text("(请假天数 ≥ 5 或 假期类型 = 年假) 且 请假天数 已填写")
    expect(page.get_by_role("button", name="改用条件行")).to_be_hidden()


def test_a_dry_run_shows_the_way_and_the_people(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    page.get_by_role("button", name="试走").click()
    page.get_by_role("combobox", name="发起人", exact=True).press_sequentially("小张")
    page.get_by_role("option", name="小张").click()
    page.get_by_label("请假天数").fill("6")
    page.get_by_role("button", name="走一遍").click()
    way = page.get_by_role("region", name="会走的路径")
    expect(way.get_by_role("listitem")).to_have_count(5)
    expect(way).to_contain_text("陈总、王HRBP")
    expect(card(page, "lead")).to_contain_text("李经理")
    expect(page.locator(".is-walked")).to_have_count(5)
    expect(page.locator(".flow-card.is-passed-by")).to_have_count(3)
    page.get_by_label("假期类型").select_option(label="病假")
    page.get_by_label("请假天数").fill("1")
    page.get_by_role("button", name="走一遍").click()
    expect(way.get_by_role("listitem")).to_have_count(5)
    expect(way).to_contain_text("2 天")
    page.get_by_role("combobox", name="发起人", exact=True).fill("没有这个人")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="走一遍").click()
    expect(page.get_by_text("没有找到工号或姓名为“没有这个人”的在职员工。")).to_be_visible()
    assert not FlowInstance.objects.exists()


def test_two_who_save_at_once_lose_nothing(page_zh: Page, opened, version: FlowVersion, cast: Cast) -> None:
    page = opened(page_zh, version)
    theirs = branched_flow()
    theirs["nodes"][1]["deadline"]["days"] = 9
    FlowVersion.objects.filter(pk=version.pk).update(body=theirs, revision=1, saved_by=cast.administrator)
    card(page, "told").click()
    page.get_by_label("名称", exact=True).fill("抄送人力")
    page.get_by_role("button", name="保存", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("郑管理员")
    expect(dialog).to_contain_text("9 天")
    dialog.get_by_role("button", name="使用对方的").or_(dialog.get_by_role("button").nth(1)).first.click()
    expect(card(page, "lead")).to_contain_text("9 天内")
    page.keyboard.press("Control+z")
    expect(card(page, "told")).to_contain_text("抄送人力")
    save(page)
    version.refresh_from_db()
    assert version.body["nodes"][3]["name"]["zh"] == "抄送人力"
    assert version.revision == 2


def test_a_flow_goes_out_as_a_file_and_comes_back(page_zh: Page, opened, version: FlowVersion) -> None:
    page = opened(page_zh, version)
    page.locator(".designer-tools summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出 JSON").click()
    assert json.loads(download.value.path().read_text("utf-8")) == branched_flow()
    page.locator(".designer-tools summary").click()
    page.get_by_role("button", name="导入 JSON").click()
    dialog = page.get_by_role("dialog")
    text = dialog.get_by_role("textbox")
    for bad in ("{", '{"v": 1, "nodes": 3}'):
        text.fill(bad)
        dialog.locator(".btn-primary").click()
        expect(dialog.get_by_role("alert")).not_to_be_empty()
    text.fill(json.dumps({"v": 1, "nodes": branched_flow()["nodes"][:2]}))
    dialog.locator(".btn-primary").click()
    cards = page.locator(".flow-card")
    expect(cards).to_have_count(2)
    expect(page.locator(".designer-tools summary")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cards).not_to_have_count(2)
    assert len(drawn(page)) == 4


def test_a_published_version_can_only_be_looked_at(page_zh: Page, opened, cast: Cast, look) -> None:
    page = opened(page_zh, flow_to_design(cast.hrbp_wang, state="published"))
    expect(page.locator(".flow-plus")).to_have_count(0)
    expect(page.get_by_role("button", name="保存", exact=True)).to_have_count(0)
    card(page, "upper").click()
    expect(page.get_by_label("名称", exact=True)).to_be_disabled()
    expect(page.locator(".flow-tools")).to_have_count(0)
    look(page)


def test_a_flow_is_drawn_by_finger_on_a_phone(phone_zh: Page, opened, version: FlowVersion, look) -> None:
    page = opened(phone_zh, version)
    look(page)
    plus(page, "五天及以上").tap()
    look(page)
    page.get_by_role("menuitem", name="签署").tap()
    expect(card(page, "sign")).to_be_visible()
    card(page, "sign").tap()
    page.get_by_label("签署天数").fill("3")
    look(page)
    page.locator("#designer-settings").get_by_role("button", name="关闭").tap()
    expect(card(page, "sign")).to_contain_text("3 天内")
    page.locator(".flow-tools").get_by_role("button", name="下移").tap()
    assert drawn(page)[2] == ["length", ["upper", "sign"], ["pause"], []]
    # Branches stand under each other, indented, nothing beside the screen.
    boxes = [each.bounding_box() for each in page.locator(".flow-branch").all()]
    assert all(box and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert boxes[0]["y"] < boxes[1]["y"] < boxes[2]["y"]
    page.get_by_role("button", name="撤销").last.tap()
    assert drawn(page)[2] == ["length", ["sign", "upper"], ["pause"], []]
    save(page)
    version.refresh_from_db()
    assert keys_of(version.body["nodes"]) == drawn(page)


def test_without_a_script_the_flow_is_a_list_and_its_definition_a_text(
    new_page: Callable[..., Page], sign_in, cast: Cast, version: FlowVersion, look
) -> None:
    page = new_page(PHONE, java_script_enabled=False)
    sign_in(page, cast.hrbp_wang.user)
    page.goto(f"/workflow/flows/versions/{version.pk}/design/")
    expect(page.get_by_text("第 2 级上级、HRBP · 会签 · 2 天内，逾期转上级")).to_be_visible()
    changed = branched_flow()
    changed["nodes"][3]["name"]["zh"] = "抄送人力"
    page.get_by_label("定义").fill(json.dumps(changed, ensure_ascii=False))
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("抄送人力", exact=True)).to_be_visible()
    version.refresh_from_db()
    assert version.body == changed


@both_screens
def test_every_state_is_accessible(
    new_page: Callable[..., Page], opened, cast: Cast, look, viewport: dict[str, int], scheme: str
) -> None:
    body = branched_flow()
    body["nodes"][2]["branches"][0]["nodes"][0]["mode"] = "share"
    body["nodes"].append({"kind": "sign", "key": "sign", "approvers": [{"by": "chosen"}, {"by": "role"}], "days": 3})
    body["nodes"].append({"kind": "fill", "key": "again", "approvers": [{"by": "named", "employees": ["A011"]}]})
    page = opened(new_page(viewport, color_scheme=scheme), flow_to_design(cast.hrbp_wang, body))
    look(page)
    for key in ("start", "upper", "length", "length/long", "length/otherwise", "sign", "again", "pause", "told"):
        card(page, key).click()
        look(page)
        if viewport == PHONE:
            page.keyboard.press("Escape")
    page.locator(".flow-problems-button").click()
    look(page)
