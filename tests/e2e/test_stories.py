"""The product in the hands of its people, in Chinese, at a desk and on a phone: employee, manager, HR partner,
administrator, and a visitor of the demo. Every page on the way is looked at: no barrier, no English, nothing off
screen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import DESKTOP, PHONE
from tests.e2e.instances import Instance
from tests.e2e.story import COMPANY, NUMBERS, PASSWORD, SOURCE, VALUES_FILE, today, week, write

Look = Callable[[Page], None]
Enter = Callable[..., Page]
SCREENS = {"desk": DESKTOP, "phone": PHONE}
# On the page of boards: the name of a team, and what its board shows.
TEAM_BOARD = re.compile(r"的团队\s*成员与 KPI，以及各下级团队$")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The company of the stories, served."""
    instance = Instance(tmp_path_factory.mktemp("home"))
    instance.python("tests.e2e.story", tmp_path_factory.mktemp("files"))
    with instance.serving() as address:
        yield address


@pytest.fixture
def enter(address: str, new_page_at: Callable[..., Page]) -> Enter:
    """Sign in with number and password, as somebody does in the morning."""

    def entered(name: str, screen: str = "desk") -> Page:
        page = new_page_at(address, SCREENS[screen], accept_downloads=True)
        page.goto("/")
        page.get_by_label("工号或邮箱").fill(NUMBERS[name])
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        expect(heading(page)).to_have_text(f"您好，{name}")
        return page

    return entered


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def go(page: Page, place: str) -> None:
    """Open a place of the side bar, of the bar at the thumb, or of the drawer."""
    link = page.locator("nav a:visible").filter(has_text=re.compile(rf"^\s*{place}\s*\d*\s*$"))
    if not link.count():
        page.get_by_role("button", name="菜单").click()
    link.first.click()


def go_to_tasks(page: Page) -> None:
    """Open the list of coaching tasks, beside the one-on-ones."""
    go(page, "对话")
    page.get_by_role("link", name="辅导任务").click()


def card(page: Page, title: str):
    return page.locator("main .card").filter(has=page.get_by_role("heading", name=title, exact=True))


# ── the employee


@pytest.mark.parametrize("screen", SCREENS)
def test_an_employee_follows_a_light_down_to_the_row_of_the_file(enter: Enter, look: Look, screen: str) -> None:
    page = enter("小张", screen)
    lights = card(page, "我的红黄绿灯")
    expect(lights).to_contain_text("偏离")
    expect(lights.locator(".entry")).to_have_count(3)
    look(page)
    lights.get_by_role("link", name="签约额").click()
    expect(heading(page)).to_have_text("小张")
    look(page)
    panel = page.locator("section[id^=kpi]").filter(has=page.get_by_role("heading", name="签约额", exact=True))
    expect(panel.locator("accord-chart canvas")).to_be_visible()
    panel.get_by_text("每期数值与出处").click()
    expect(panel.get_by_role("table", name="数值").get_by_role("row")).to_have_count(14)
    panel.get_by_role("row", name=week(2)).get_by_role("link").click()
    expect(heading(page)).to_have_text(f"签约额 · {week(2)}")
    where = page.locator("main")
    for said in (SOURCE, VALUES_FILE, "21.50", "批次"):
        expect(where).to_contain_text(said)
    expect(where).to_contain_text(re.compile(r"第 \d+ 行"))
    expect(card(page, "文件中的原始行")).to_contain_text(NUMBERS["小张"])
    look(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_an_employee_sees_who_sees_them_and_nobody_else(enter: Enter, look: Look, screen: str) -> None:
    page = enter("小张", screen)
    go(page, "组织")
    look(page)
    page.get_by_role("link", name="谁能看到我的绩效").click()
    seers = page.get_by_role("table", name="谁能看到我的绩效")
    for name, place in (("李经理", "直属上级"), ("陈总", "高管"), ("王HRBP", "HRBP")):
        expect(seers.get_by_role("row").filter(has_text=name).filter(has_text=place)).not_to_have_count(0)
    expect(seers).not_to_contain_text("郑管理员")
    expect(seers).not_to_contain_text("小林")
    look(page)
    go(page, "组织")
    row = page.get_by_role("row").filter(has_text="小林")
    expect(row).to_be_visible()
    expect(row.get_by_role("link", name="小林")).to_have_count(0)
    own = page.get_by_role("row").filter(has_text="小张").get_by_role("link", name="小张").get_attribute("href")
    assert own
    answer = page.goto(re.sub(r"\d+", lambda found: str(int(found[0]) + 1), own))
    assert answer
    assert answer.status == 404
    expect(heading(page)).to_contain_text("页面不存在")
    look(page)


def test_an_employee_chooses_language_and_theme_once(enter: Enter) -> None:
    page = enter("小张")
    page.get_by_role("img", name="外观").click()
    page.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="English").first.click()
    expect(heading(page)).to_contain_text("小张")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    go(page, "Goals")
    expect(heading(page)).to_have_text("Goals")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("button", name="中文").first.click()
    expect(heading(page)).to_have_text("目标")


# ── the manager


@pytest.mark.parametrize(("screen", "name"), [("desk", "小张"), ("phone", "小林")])
def test_a_manager_goes_from_two_misses_to_an_outcome(enter: Enter, look: Look, screen: str, name: str) -> None:
    page = enter("李经理", screen)
    waiting = card(page, "待我跟进")
    look(page)
    waiting.get_by_role("link", name=re.compile(f"^{name}.*签约额")).click()
    expect(heading(page)).to_have_text(f"{name} · 签约额")
    look(page)
    page.get_by_role("link", name="查看近 13 期走势和数据来源").click()
    misses = page.get_by_role("table", name="两期未达标的数值")
    expect(misses.get_by_role("row")).to_have_count(3)
    for back in (2, 1):
        expect(misses).to_contain_text(week(back))
    expect(page.locator("accord-chart canvas")).to_be_visible()
    look(page)
    misses.get_by_role("link").first.click()
    expect(page.locator("main")).to_contain_text(VALUES_FILE)
    page.go_back()
    card(page, "辅导任务").get_by_role("link").first.click()
    for step, note in (("evidence", "两周都卡在同一个客户。"), ("talk", "合同条款来回改了三轮。")):
        page.locator(f"#{step}").get_by_label("记录").fill(note)
        page.locator(f"#{step}").get_by_role("button", name="记录").click()
        expect(page.locator(f"#{step}")).to_contain_text(note)
    page.locator("#action").get_by_role("textbox").fill("周三前定下标准条款。")
    page.locator("#action").get_by_role("button", name="记录").click()
    look(page)
    ending = card(page, "关闭任务")
    ending.get_by_label("辅导见效").check()
    ending.get_by_label("记录").fill("条款定下，两单签回。")
    ending.get_by_role("button", name="关闭任务").click()
    expect(page.locator("main")).to_contain_text("结果：辅导见效")
    look(page)
    go_to_tasks(page)
    expect(card(page, "已关闭")).to_contain_text(name)
    expect(card(page, "待我处理")).not_to_contain_text(name)
    look(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_manager_reads_the_board_and_an_earlier_week(enter: Enter, look: Look, screen: str) -> None:
    page = enter("李经理", screen)
    go(page, "看板")
    page.get_by_role("link", name=TEAM_BOARD).first.click()
    board = page.get_by_role("table", name="销售代表")
    expect(board.get_by_role("row")).to_have_count(5)
    expect(board.get_by_role("row").filter(has_text="小张")).to_contain_text("70%")
    look(page)
    page.get_by_role("link", name="上一周").click()
    expect(page.locator("#board")).to_contain_text(week(2))
    expect(board.get_by_role("row").filter(has_text="小张")).to_contain_text("89%")
    look(page)
    page.get_by_role("link", name="下一周").click()
    expect(page.locator("#board")).to_contain_text(week(1))
    board.get_by_role("link", name="70%").click()
    expect(heading(page)).to_have_text("小张")


@pytest.mark.parametrize("screen", SCREENS)
def test_the_executive_goes_down_the_organisation_and_up_again(enter: Enter, look: Look, screen: str) -> None:
    page = enter("陈总", screen)
    look(page)
    go(page, "看板")
    page.get_by_role("link", name=TEAM_BOARD).first.click()
    expect(heading(page)).to_have_text("陈总的团队")
    look(page)
    page.get_by_role("link", name="李经理的团队").click()
    expect(heading(page)).to_have_text("李经理的团队")
    page.get_by_role("navigation", name="当前位置").get_by_role("link", name="陈总").click()
    expect(heading(page)).to_have_text("陈总的团队")


def test_a_task_is_put_off_with_a_reason_and_taken_up_again(enter: Enter, look: Look) -> None:
    page = enter("李经理")
    page.get_by_role("link", name=re.compile("^小周.*签约额")).click()
    later = card(page, "稍后处理")
    later.get_by_label("延后到").fill((today() + timedelta(days=3)).isoformat())
    later.get_by_label("原因").fill("本周出差，周五当面谈。")
    later.get_by_role("button", name="稍后处理").click()
    expect(page.locator("main")).to_contain_text("本周出差，周五当面谈。")
    look(page)
    go(page, "今天")
    expect(card(page, "待我跟进")).not_to_contain_text("小周")
    go_to_tasks(page)
    card(page, "稍后处理").get_by_role("link", name=re.compile("小周")).click()
    page.get_by_role("button", name="现在处理").click()
    go(page, "今天")
    expect(card(page, "待我跟进")).to_contain_text("小周")


def test_of_two_windows_one_wins_and_the_other_is_told(enter: Enter, look: Look) -> None:
    first = enter("李经理")
    first.get_by_role("link", name=re.compile("^小吴.*签约额")).click()
    second = first.context.new_page()
    second.goto(first.url)
    form = first.locator("#evidence")
    form.get_by_label("记录").fill("看了两周的明细。")
    form.get_by_role("button", name="记录").dblclick()
    expect(first.locator("#evidence")).to_contain_text("看了两周的明细。")
    second.locator("#evidence").get_by_label("记录").fill("另一个窗口里写的。")
    second.locator("#evidence").get_by_role("button", name="记录").click()
    expect(second.locator("main")).to_contain_text("李经理已记录过这一步，您刚才填写的内容没有保存。")
    look(second)
    second.goto(first.url)
    expect(second.locator("#evidence")).to_contain_text("看了两周的明细。")
    expect(second.locator("#evidence")).not_to_contain_text("另一个窗口里写的。")


# ── the HR partner


@pytest.mark.parametrize(("screen", "letter"), [("desk", "B"), ("phone", "C")])
def test_an_hr_partner_brings_a_team_in_and_sees_its_lights(
    enter: Enter, look: Look, tmp_path: Path, screen: str, letter: str
) -> None:
    page = enter("王HRBP", screen)
    go(page, "导入")
    look(page)
    page.get_by_role("link", name="导入员工", exact=True).click()
    look(page)
    leader, member, unit = f"{letter}01", f"{letter}02", f"{COMPANY}/销售部/{letter}组"
    roster = (
        ("姓名", "部门", "工号", "直属上级工号", "岗位", "入职日期"),
        (f"组长{letter}", unit, leader, NUMBERS["陈总"], "销售主管", "2023年6月1日"),
        (f"新人{letter}", unit, member, leader, "销售代表", "2024/3/11"),
        (f"错人{letter}", unit, f"{letter}03", "Z999", "销售代表", ""),
    )
    bring_in(page, look, "员工", write(tmp_path / f"花名册{letter}.csv", roster), created=2, refused=1)
    with page.expect_download() as download:
        page.get_by_role("link", name="拒收的行").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    kpis = (
        ("指标", "工号", "权重", "目标"),
        ("签约额", member, "50%", "20"),
        ("回款率", member, "40%", "90"),
    )
    bring_in(page, look, "考核指标（KPI）", write(tmp_path / f"指标{letter}.csv", kpis), created=2)
    expect(page.locator("main")).to_contain_text(re.compile(rf"新人{letter}.*90%.*少 10%"))
    values = (
        ("工号", "指标", "周期", "数值"),
        *((member, "签约额", week(back), value) for back, value in ((2, "１５"), (1, "14.5"))),
        (member, "回款率", week(1), "91％"),
    )
    bring_in(page, look, "指标数值", write(tmp_path / f"签约{letter}.csv", values), created=3, source="CRM")
    go(page, "看板")
    page.get_by_role("link", name=TEAM_BOARD).first.click()
    # The worker judges soon after the load, and the board asks again by itself.
    expect(page.locator("#board")).to_contain_text(f"组长{letter}", timeout=30_000)
    link = page.get_by_role("link", name=f"组长{letter}的团队")
    for _ in range(20):
        if link.count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    link.click()
    expect(page.get_by_role("row").filter(has_text=f"新人{letter}")).to_contain_text("72%")
    look(page)
    go(page, "预警")
    expect(page.locator("main")).to_contain_text(f"新人{letter}")
    look(page)


def bring_in(
    page: Page, look: Look, kind: str, file: Path, *, created: int, refused: int = 0, source: str = ""
) -> None:
    """Upload, read what would happen, load, and read what happened."""
    go(page, "导入")
    page.get_by_role("link", name=f"导入{kind}", exact=True).click()
    page.locator("input[type=file]").set_input_files(file)
    if source:
        page.get_by_label("数据来源").fill(source)
    page.get_by_role("button", name="检查文件").click()
    load = page.get_by_role("button", name=f"导入 {created} 行合格数据")
    expect(load).to_be_visible(timeout=30_000)
    if refused:
        expect(page.get_by_role("table", name="拒收的行").get_by_role("row")).to_have_count(refused + 1)
    look(page)
    load.click()
    expect(page.locator(".page-head")).to_contain_text("已导入", timeout=30_000)
    expect(page.locator(".tiles")).to_contain_text(str(created))
    look(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_an_hr_partner_finds_positions_and_metrics(enter: Enter, look: Look, screen: str) -> None:
    page = enter("王HRBP", screen)
    go(page, "目标")
    look(page)
    page.get_by_role("link", name="岗位地图").click()
    page.get_by_label("岗位、产出或指标").fill("产品经理")
    page.get_by_role("button", name="搜索").click()
    expect(page.locator("main")).to_contain_text("需求上线率")
    expect(page.locator("main")).not_to_contain_text("签约额")
    look(page)
    go(page, "数据")
    look(page)
    page.get_by_role("searchbox").fill("首次响应")
    page.get_by_role("button", name="搜索").click()
    page.get_by_role("link", name="首次响应时长").click()
    expect(heading(page)).to_have_text("首次响应时长")
    expect(page.locator("main")).to_contain_text("工单系统")
    look(page)


# ── the administrator


@pytest.mark.parametrize("screen", SCREENS)
def test_an_administrator_keeps_the_house_and_sees_no_performance(enter: Enter, look: Look, screen: str) -> None:
    page = enter("郑管理员", screen)
    look(page)
    go(page, "组织")
    look(page)
    expect(page.get_by_role("row").filter(has_text="小张").get_by_role("link", name="小张", exact=True)).to_have_count(
        0
    )
    page.get_by_role("link", name="角色").click()
    expect(page.get_by_role("table", name="角色")).to_contain_text(COMPANY)
    look(page)
    go(page, "作业")
    look(page)
    go(page, "预警")
    expect(page.locator("main")).not_to_contain_text("小张")
    expect(page.locator("nav:visible").filter(has_text="看板")).to_have_count(0)
    for path in ("/people/3/", "/boards/team/2/", "/alerts/1/", "/coaching/tasks/1/"):
        answer = page.goto(path)
        assert answer
        assert answer.status == 404, path


# ── the visitor of the demo


@pytest.mark.parametrize("screen", SCREENS)
def test_one_click_makes_a_visitor_somebody_in_the_demo(
    demo: str, new_page_at: Callable[..., Page], look: Look, screen: str
) -> None:
    page = new_page_at(demo, SCREENS[screen])
    page.goto("/")
    look(page)
    page.get_by_role("button", name=re.compile("李明")).click()
    expect(heading(page)).to_have_text("您好，李明")
    expect(card(page, "待我跟进").locator(".entry")).not_to_have_count(0)
    look(page)
    go(page, "看板")
    page.get_by_role("link", name=TEAM_BOARD).first.click()
    expect(page.locator("main")).to_contain_text("张晓雨")
    look(page)
    page.locator("summary.tool-account").click()
    page.get_by_role("button", name=re.compile("张晓雨")).click()
    expect(heading(page)).to_have_text("您好，张晓雨")
    look(page)
    # A number opens the row of the file it came from.
    card(page, "我的红黄绿灯").get_by_role("link", name="GMV").click()
    page.locator("a[href*='/metrics/values/']").first.click()
    expect(page.locator("main")).to_contain_text("经营数据")
    look(page)
