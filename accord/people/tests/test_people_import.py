"""Files of people: what is taken, what is refused and why, and that a second time changes nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from accord.foundation.imports import ImportOptions, ImportResult
from accord.foundation.models import Event, User
from accord.people import access
from accord.people.errors import DayNotPossible
from accord.people.models import Employee, OrgClosure, OrgUnit, OrgUnitClosure, Placement, ReportingLine
from accord.people.services.closure import rebuild_closure
from accord.people.services.people_import import import_people
from tests.cast import SINCE, Cast

HEADERS = ("工号", "姓名", "邮箱", "部门", "岗位", "直属上级工号", "入职日期", "状态")
COMPANY = (
    ("B1", "周总", "zhou@example.com", "公司", "总经理", "", "2015-03-01", "在职"),
    ("B2", "吴经理", "wu@example.com", "公司/销售部", "销售经理", "B1", "2018/7/1", "在职"),
    ("B3", "小孙", "sun@example.com", "公司/销售部/华东组", "销售代表", "B2", "2024年7月15日", "在职"),
)
Load = Callable[..., ImportResult]
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def write_and_import(
        *rows: tuple[str, ...],
        headers: tuple[str, ...] = HEADERS,
        dry_run: bool = False,
        actor: User | None = None,
        **values: str,
    ) -> ImportResult:
        path = tmp_path / "people.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([headers, *rows])
        return import_people(path, ImportOptions(dry_run=dry_run, actor=actor, values=values))

    return write_and_import


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.same, result.refused


def refusals(result: ImportResult) -> list[tuple[int, str, str]]:
    return [(remark.row, remark.column, remark.code) for remark in result.remarks if remark.is_refusal]


def warnings(result: ImportResult) -> list[tuple[int, str]]:
    return [(remark.row, remark.code) for remark in result.remarks if not remark.is_refusal]


def test_a_company_is_built_from_nothing(load: Load) -> None:
    assert counts(load(*COMPANY)) == (3, 0, 0, 0)
    sun = Employee.objects.get(employee_no="B3")
    assert (sun.name, sun.org_unit.path, sun.position.name) == ("小孙", "公司/销售部/华东组", "销售代表")
    assert sun.hired_on == date(2024, 7, 15)
    assert sun.manager
    assert sun.manager.name == "吴经理"
    user = User.objects.get(username="B3")
    assert sun.user == user
    assert (user.language, user.has_usable_password(), user.is_active) == ("zh-hans", False, True)
    zhou = User.objects.get(username="B1")
    assert access.visible_employees(zhou).count() == 3
    assert OrgUnitClosure.objects.filter(ancestor__path="公司").count() == 3
    assert OrgUnit.objects.get(path="公司/销售部").head == sun.manager


def test_newcomers_belong_here_since_they_were_hired(load: Load) -> None:
    load(*COMPANY)
    line = ReportingLine.objects.get(employee__employee_no="B3")
    assert line.valid_from == date(2024, 7, 15)
    wu = User.objects.get(username="B2")
    assert access.visible_employees(wu, on=date(2024, 7, 15)).count() == 2
    assert access.visible_employees(wu, on=date(2024, 7, 14)).count() == 1


def test_the_second_time_changes_nothing(load: Load) -> None:
    load(*COMPANY)
    tables = (Employee, User, Placement, ReportingLine, OrgClosure, OrgUnit, Event)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    assert counts(load(*COMPANY)) == (0, 0, 3, 0)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_a_dry_run_tells_and_writes_nothing(load: Load) -> None:
    load(*COMPANY[:2])
    moved = ("B2", "吴经理", "wu@example.com", "公司/市场部", "销售经理", "B1", "2018-07-01", "休假")
    result = load(moved, COMPANY[2], dry_run=True)
    assert counts(result) == (1, 1, 0, 0)
    assert result.preview == (
        {"row": "2", "what": "吴经理 (B2)：部门", "before": "公司/销售部", "after": "公司/市场部"},
        {"row": "2", "what": "吴经理 (B2)：状态", "before": "在职", "after": "休假"},
        {"row": "3", "what": "小孙 (B3)：新增", "before": "", "after": "公司/销售部/华东组 · 销售代表"},
    )
    assert not OrgUnit.objects.filter(name="市场部").exists()
    assert Employee.objects.count() == 2


def test_columns_may_be_missing_and_stand_in_any_order(load: Load) -> None:
    load(*COMPANY)
    result = load(("B1", "B3"), headers=("manager_no", "employee_no"))
    assert counts(result) == (0, 1, 0, 0)
    sun = Employee.objects.get(employee_no="B3")
    assert sun.manager
    assert sun.manager.employee_no == "B1"
    assert (sun.name, sun.email, sun.status) == ("小孙", "sun@example.com", "active")
    fact = Event.objects.get(name="employee.moved")
    assert fact.payload["changed"] == {"manager": ["吴经理 (B2)", "周总 (B1)"]}


def test_empty_cells_leave_things_unchanged_but_for_the_manager(load: Load) -> None:
    load(*COMPANY)
    result = load(("B3", "小孙", "", "", "", "", "", ""))
    assert counts(result) == (0, 1, 0, 0)
    sun = Employee.objects.get(employee_no="B3")
    assert sun.manager is None
    assert sun.email == "sun@example.com"
    assert warnings(result) == [(2, "reports_to_nobody")]
    assert not ReportingLine.objects.filter(employee=sun, valid_to=None).exists()


def test_people_who_are_not_in_the_file_stay(load: Load, cast: Cast) -> None:
    load(*COMPANY)
    assert Employee.objects.count() == 3 + 9
    assert Employee.objects.filter(status="active").count() == 12


@pytest.mark.parametrize(
    ("bad", "column", "code"),
    [
        (("", "无号", "", "公司", "销售代表", "B1", "", ""), "employee_no", "number_missing"),
        (("B9", "", "", "公司", "销售代表", "B1", "", ""), "name", "name_missing"),
        (("B9", "钱", "", "", "销售代表", "B1", "", ""), "org_unit", "org_unit_missing"),
        (("B9", "钱", "", "公司", "", "B1", "", ""), "position", "position_missing"),
        (("B9", "钱", "", "公司//组", "销售代表", "B1", "", ""), "org_unit", "org_unit_unreadable"),
        (("B9", "钱", "", "公司", "销售代表", "B1", "2026-02-30", ""), "hired_on", "day_unreadable"),
        (("B9", "钱", "", "公司", "销售代表", "B1", "昨天", ""), "hired_on", "day_unreadable"),
        (("B9", "钱", "", "公司", "销售代表", "B1", "", "退休"), "status", "status_unknown"),
        (("B9", "钱", "不是邮箱", "公司", "销售代表", "B1", "", ""), "email", "email_unreadable"),
        (("B9", "钱", "SUN@example.com", "公司", "销售代表", "B1", "", ""), "email", "email_twice"),
        (("B9", "钱" * 101, "", "公司", "销售代表", "B1", "", ""), "name", "too_long"),
        (("9" * 41, "钱", "", "公司", "销售代表", "B1", "", ""), "employee_no", "too_long"),
        (("B9", "钱", "", "公司/" + "组" * 101, "销售代表", "B1", "", ""), "org_unit", "too_long"),
        (("B9", "钱", "", "公司", "销售代表", "B9", "", ""), "manager_no", "reports_to_themselves"),
        (("B9", "钱", "", "公司", "销售代表", "NO1", "", ""), "manager_no", "manager_unknown"),
        (("b3", "小孙二", "", "公司", "销售代表", "B1", "", ""), "employee_no", "number_twice"),
    ],
)
def test_one_bad_row_is_refused_with_its_reason_and_the_rest_is_taken(
    load: Load, bad: tuple[str, ...], column: str, code: str
) -> None:
    result = load(*COMPANY, bad)
    assert counts(result) == (3, 0, 0, 1)
    assert refusals(result) == [(5, column, code)]
    assert str(result.remarks[0])


def test_a_circle_is_refused_and_names_the_people(load: Load) -> None:
    result = load(
        COMPANY[0],
        ("C1", "甲", "", "公司", "销售代表", "C2", "", ""),
        ("C2", "乙", "", "公司", "销售代表", "C3", "", ""),
        ("C3", "丙", "", "公司", "销售代表", "C1", "", ""),
        ("C4", "丁", "", "公司", "销售代表", "C3", "", ""),
    )
    assert counts(result) == (1, 0, 0, 4)
    assert refusals(result)[:3] == [(row, "manager_no", "manager_circle") for row in (3, 4, 5)]
    assert refusals(result)[3] == (6, "manager_no", "manager_refused")
    assert result.remarks[0].values["people"] == "甲 (C1) → 乙 (C2) → 丙 (C3) → 甲 (C1)"


def test_a_circle_with_people_who_are_not_in_the_file_is_refused(load: Load) -> None:
    load(*COMPANY)
    result = load(("B1", "周总", "", "", "", "B3", "", ""))
    assert refusals(result) == [(2, "manager_no", "manager_circle")]
    assert Employee.objects.get(employee_no="B1").manager is None


def test_two_people_may_change_places(load: Load) -> None:
    load(*COMPANY)
    result = load(("B2", "B3"), ("B3", "B1"), headers=("employee_no", "manager_no"))
    assert counts(result) == (0, 2, 0, 0)
    wu = User.objects.get(username="B2")
    assert access.visible_employees(wu).count() == 1


def test_whose_manager_was_refused_keeps_the_old_one_or_is_refused_too(load: Load) -> None:
    load(*COMPANY)
    result = load(
        ("B8", "新经理", "坏", "公司", "销售经理", "B1", "", ""),
        ("B3", "孙姐", "", "", "", "B8", "", ""),
        ("B9", "新人", "", "公司", "销售代表", "B8", "", ""),
    )
    assert counts(result) == (0, 1, 0, 2)
    assert refusals(result) == [(2, "email", "email_unreadable"), (4, "manager_no", "manager_refused")]
    assert warnings(result) == [(3, "manager_kept")]
    sun = Employee.objects.get(employee_no="B3")
    assert sun.name == "孙姐"
    assert sun.manager
    assert sun.manager.employee_no == "B2"


def test_a_refusal_runs_down_a_long_line_whatever_the_order_of_rows(load: Load) -> None:
    line = [(f"L{n}", f"人{n}", "", "公司", "职员", f"L{n + 1}", "", "") for n in range(90)]
    result = load(*line)
    assert counts(result) == (0, 0, 0, 90)
    assert refusals(result)[-1] == (91, "manager_no", "manager_unknown")


def test_a_line_that_is_too_long_is_refused_from_there_down(load: Load) -> None:
    line = [(f"L{n}", f"人{n}", "", "公司", "职员", f"L{n - 1}" if n else "", "", "") for n in range(120)]
    result = load(*line)
    assert counts(result) == (100, 0, 0, 20)
    assert {code for _, _, code in refusals(result)} == {"line_too_long"}


def test_addresses_may_be_exchanged_in_one_file(load: Load) -> None:
    load(*COMPANY)
    result = load(("B2", "sun@example.com"), ("B3", "wu@example.com"), headers=("工号", "邮箱"))
    assert counts(result) == (0, 2, 0, 0)
    assert User.objects.get(username="B2").email == "sun@example.com"


def test_who_left_loses_access_at_once_and_manages_nobody_new(load: Load) -> None:
    load(*COMPANY)
    result = load(
        ("B2", "吴经理", "", "", "", "B1", "", "离职"),
        ("B9", "新人", "", "公司", "销售代表", "B2", "", ""),
    )
    assert refusals(result) == [(3, "manager_no", "manager_has_left")]
    assert warnings(result) == [(2, "reports_of_leaver")]
    wu = Employee.objects.get(employee_no="B2")
    today = timezone.localdate()
    assert (wu.status, wu.left_on) == ("left", today)
    assert wu.user
    assert not wu.user.is_active
    assert Placement.objects.get(employee=wu).valid_to == today
    assert Event.objects.get(name="employee.left").payload == {"employee_id": wu.pk, "on": today.isoformat()}


def test_who_left_can_come_back(load: Load) -> None:
    load(*COMPANY)
    load(("B3", "小孙", "离职"), headers=("工号", "姓名", "状态"))
    load(("B3", "小孙", "在职"), headers=("工号", "姓名", "状态"))
    sun = Employee.objects.get(employee_no="B3")
    assert (sun.status, sun.left_on) == ("active", None)
    assert sun.user
    assert sun.user.is_active
    assert Placement.objects.get(employee=sun).valid_to is None
    assert Event.objects.filter(name="employee.returned").count() == 1


def test_an_account_that_was_closed_by_hand_stays_closed(load: Load) -> None:
    load(*COMPANY)
    User.objects.filter(username="B3").update(is_active=False)
    load(("B3", "孙姐"), headers=("工号", "姓名"))
    user = User.objects.get(username="B3")
    assert (user.name, user.is_active) == ("孙姐", False)


def test_a_free_account_with_the_number_becomes_the_persons_own(load: Load) -> None:
    user = User.objects.create_superuser("B1", "zhou@example.com", "secret")
    assert counts(load(*COMPANY)) == (3, 0, 0, 0)
    user.refresh_from_db()
    assert user.employee.name == "周总"
    assert user.has_usable_password()


def test_an_address_of_another_account_is_refused(load: Load) -> None:
    User.objects.create_superuser("root", "sun@example.com", "secret")
    assert refusals(load(*COMPANY)) == [(4, "email", "email_taken")]


def test_changes_hold_from_the_day_that_is_told(load: Load) -> None:
    load(*COMPANY[:2], ("B3", "小孙", "", "公司", "销售代表", "B2", "2024-07-15", ""))
    day = timezone.localdate() - timedelta(days=30)
    load(("B3", "B1"), headers=("工号", "直属上级工号"), effective_on=day.isoformat())
    wu = User.objects.get(username="B2")
    assert access.visible_employees(wu, on=day - timedelta(days=1)).count() == 2
    assert access.visible_employees(wu, on=day).count() == 1
    with pytest.raises(DayNotPossible):
        load(("B3", "B2"), headers=("工号", "直属上级工号"), effective_on=SINCE.isoformat())


def test_the_facts_tell_what_happened(load: Load) -> None:
    load(*COMPANY)
    assert Event.objects.filter(name="employee.joined").count() == 3
    assert Event.objects.get(name="people.imported").payload == {
        "run_id": None,
        "counts": {"created": 3, "changed": 0, "same": 0},
    }


def test_the_closure_of_an_import_is_what_a_rebuild_gives(load: Load) -> None:
    load(*COMPANY)
    load(("B3", "小孙", "", "", "", "B1", "", ""), ("B9", "新人", "", "公司", "销售代表", "B3", "2020-01-01", ""))
    rows = list(OrgClosure.objects.order_by("pk").values())
    rebuild_closure()
    assert list(OrgClosure.objects.order_by("pk").values()) == rows


def test_nothing_is_written_when_the_import_breaks_half_way(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("accord.people.services.people_import.storing.settle", break_down)
    with pytest.raises(OSError, match="disk"):
        load(*COMPANY)
    assert not Employee.objects.exists()
    assert not User.objects.exists()
    assert not OrgUnit.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_rows(load: Load, django_assert_max_num_queries) -> None:
    many = [(f"D{n}", f"人{n}", f"d{n}@example.com", f"公司/组{n % 7}", "职员", "B1", "", "") for n in range(200)]
    load(*COMPANY)
    with django_assert_max_num_queries(110):
        load(*many)


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_wait_for_each_other(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("\n".join(",".join(row) for row in (HEADERS, *COMPANY)), encoding="utf-8")

    def bring_in(_number: int) -> tuple[int, int, int, int]:
        try:
            return counts(import_people(path, ImportOptions()))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(bring_in, range(2)))
    assert answers == [(0, 0, 3, 0), (3, 0, 0, 0)]
    assert Employee.objects.count() == 3


SHORT = ("工号", "姓名", "邮箱", "部门", "岗位", "直属上级工号")


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (("A021", "外人", "", "", "", "A030"), ("org_unit", "unit_out_of_reach")),
        (("A011", "小张", "", "远航电商/客服部", "", "A010"), ("org_unit", "unit_out_of_reach")),
        (("N1", "新人", "", "远航电商/销售部二", "销售代表", "A010"), ("org_unit", "unit_out_of_reach")),
        (("A011", "小张", "partner@example.com", "", "", "A010"), ("email", "email_out_of_reach")),
        (("A010", "李经理", "", "", "", "A030"), ("manager_no", "manager_out_of_reach")),
        (("N1", "新人", "", "远航电商/销售部", "销售代表", "A030"), ("manager_no", "manager_out_of_reach")),
    ],
)
def test_a_partners_file_reaches_no_further_than_the_partner(
    cast: Cast, load: Load, row: tuple[str, ...], refused: tuple[str, str]
) -> None:
    partner = cast.hrbp_wang.user
    seen = set(access.visible_employees(partner).values_list("employee_no", flat=True))
    assert refusals(load(row, headers=SHORT, actor=partner)) == [(2, *refused)]
    assert set(access.visible_employees(partner).values_list("employee_no", flat=True)) == seen
    assert refusals(load(row, headers=SHORT, actor=cast.administrator.user)) == []


def test_a_partner_brings_in_the_people_of_their_units(cast: Cast, load: Load) -> None:
    rows = (
        ("N1", "王芳", "fang@example.com", "远航电商/销售部/华南组", "销售代表", "A010"),
        ("N2", "赵强", "", "远航电商/销售部/华南组", "销售代表", "N1"),
    )
    unchanged = (cast.stranger.employee_no, cast.stranger.name, "", "", "", cast.stranger_manager.employee_no)
    result = load(*rows, unchanged, headers=SHORT, actor=cast.hrbp_wang.user)
    assert counts(result) == (2, 0, 1, 0)
