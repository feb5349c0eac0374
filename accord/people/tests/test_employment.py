"""Hiring, moving, leaving: rows, facts, and who sees whom afterwards."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accord.foundation.models import Event
from accord.people import access
from accord.people.errors import DayNotPossible, LineTooLong, ManagerCycle, ManagerHasLeft, ReportsToThemselves
from accord.people.models import Employee, OrgClosure, Placement, ReportingLine
from accord.people.queries.lines import acting_manager, line_above
from accord.people.services import closure
from accord.people.services.employment import Employment, change_employment, hire, leave, move, set_manager
from tests.cast import SINCE, Cast

TODAY = timezone.localdate
DAY = timedelta(days=1)


def sees(who: Employee, whom: Employee, on: date | None = None) -> bool:
    return access.visible_employees(who.user, on=on).filter(pk=whom.pk).exists()


def test_a_new_manager_sees_at_once_and_the_former_one_no_longer(cast: Cast) -> None:
    set_manager(cast.xiaozhang, cast.stranger_manager, actor=cast.administrator.user)
    assert sees(cast.stranger_manager, cast.xiaozhang)
    assert not sees(cast.manager_li, cast.xiaozhang)
    assert sees(cast.executive_chen, cast.xiaozhang)


def test_the_past_is_answered_as_it_was(cast: Cast) -> None:
    changed_on = TODAY() - 10 * DAY
    set_manager(cast.xiaozhang, cast.stranger_manager, on=changed_on)
    assert sees(cast.manager_li, cast.xiaozhang, on=changed_on - DAY)
    assert not sees(cast.manager_li, cast.xiaozhang, on=changed_on)
    assert sees(cast.stranger_manager, cast.xiaozhang, on=changed_on)
    assert [one.name for one in line_above(cast.xiaozhang.pk, on=SINCE)] == ["李经理", "陈总"]
    assert [one.name for one in line_above(cast.xiaozhang.pk)] == ["赵经理", "陈总"]


def test_a_manager_who_moves_takes_their_people_along(cast: Cast) -> None:
    set_manager(cast.manager_li, cast.stranger_manager)
    assert sees(cast.stranger_manager, cast.xiaozhang)
    assert [one.name for one in line_above(cast.xiaozhang.pk)] == ["李经理", "赵经理", "陈总"]


def test_there_and_back_on_one_day_leaves_no_trace_in_the_line(cast: Cast) -> None:
    before = list(ReportingLine.objects.order_by("pk").values())
    rows = set(OrgClosure.objects.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to"))
    set_manager(cast.xiaozhang, cast.stranger_manager)
    set_manager(cast.xiaozhang, cast.manager_li)
    assert list(ReportingLine.objects.order_by("pk").values()) == before
    assert set(OrgClosure.objects.values_list("ancestor", "descendant", "depth", "valid_from", "valid_to")) == rows
    assert Event.objects.filter(name="employee.moved").count() == 2


def test_circles_and_other_impossible_managers_are_refused(cast: Cast) -> None:
    with pytest.raises(ManagerCycle, match="小张"):
        set_manager(cast.executive_chen, cast.xiaozhang)
    with pytest.raises(ReportsToThemselves):
        set_manager(cast.xiaozhang, cast.xiaozhang)
    leave(cast.stranger_manager)
    with pytest.raises(ManagerHasLeft, match="赵经理"):
        set_manager(cast.xiaozhang, Employee.objects.get(pk=cast.stranger_manager.pk))


def test_a_circle_in_the_past_is_refused_too(cast: Cast) -> None:
    set_manager(cast.manager_li, cast.stranger_manager, on=TODAY() - 10 * DAY)
    set_manager(cast.manager_li, cast.executive_chen, on=TODAY() - 5 * DAY)
    with pytest.raises(ManagerCycle):
        set_manager(cast.stranger_manager, cast.manager_li, on=TODAY() - 7 * DAY)
    set_manager(cast.stranger_manager, cast.manager_li, on=TODAY() - 5 * DAY)


def test_a_day_in_the_future_or_before_the_last_change_is_refused(cast: Cast) -> None:
    with pytest.raises(DayNotPossible):
        set_manager(cast.xiaozhang, cast.stranger_manager, on=TODAY() + DAY)
    set_manager(cast.xiaozhang, cast.stranger_manager, on=TODAY() - DAY)
    with pytest.raises(DayNotPossible):
        set_manager(cast.xiaozhang, cast.manager_li, on=TODAY() - 2 * DAY)


def test_a_line_that_is_too_long_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accord.people.services.line_checks.LONGEST_LINE", 4)
    with pytest.raises(LineTooLong):
        set_manager(cast.stranger_manager, cast.xiaozhang)


def test_moving_keeps_placements_and_heads(cast: Cast) -> None:
    move(cast.stranger, org_unit=cast.east, actor=cast.administrator.user)
    first, second = Placement.objects.filter(employee=cast.stranger).order_by("valid_from")
    assert (first.org_unit, first.valid_to) == (cast.service, TODAY() - DAY)
    assert (second.org_unit, second.valid_from, second.valid_to) == (cast.east, TODAY(), None)
    cast.east.refresh_from_db()
    assert cast.east.head is None, "外人 works in the unit now but does not report to 李经理"
    set_manager(cast.stranger, cast.colleague)
    cast.east.refresh_from_db()
    assert cast.east.head == cast.manager_li
    fact = Event.objects.filter(name="employee.moved").first()
    assert fact
    assert fact.payload["changed"] == {"org_unit": ["远航电商/客服部", "远航电商/销售部/华东组"]}
    assert fact.actor == cast.administrator.user


def test_a_leaver_is_shut_out_and_their_people_stay_in_the_line(cast: Cast, client) -> None:
    client.force_login(cast.manager_li.user)
    leave(cast.manager_li, actor=cast.administrator.user)
    cast.manager_li.user.refresh_from_db()
    assert not cast.manager_li.user.is_active
    assert not access.visible_employees(cast.manager_li.user).exists()
    assert sees(cast.executive_chen, cast.xiaozhang)
    assert acting_manager(cast.xiaozhang.pk) == cast.executive_chen
    assert Placement.objects.get(employee=cast.manager_li).valid_to == TODAY()
    assert Event.objects.get(name="employee.left").payload == {
        "employee_id": cast.manager_li.pk,
        "on": TODAY().isoformat(),
    }
    assert "_auth_user_id" in client.session
    assert client.get("/accounts/password/change/").status_code == 302


def test_somebody_who_comes_back_on_the_same_day_never_was_away(cast: Cast) -> None:
    leave(cast.xiaozhang)
    org, post = cast.xiaozhang.org_unit, cast.xiaozhang.position
    change_employment(cast.xiaozhang, Employment(org, post, cast.manager_li, Employee.Status.ACTIVE))
    placement = Placement.objects.get(employee=cast.xiaozhang)
    assert (placement.valid_from, placement.valid_to) == (SINCE, None)
    cast.xiaozhang.refresh_from_db()
    assert cast.xiaozhang.left_on is None
    assert cast.xiaozhang.user.is_active
    assert Event.objects.filter(name="employee.returned").count() == 1


def test_hiring_makes_an_account_without_password_and_a_line(cast: Cast) -> None:
    new = hire(
        "A099",
        "新人",
        org_unit=cast.east,
        position=cast.xiaozhang.position,
        manager=cast.manager_li,
        hired_on=date(2020, 1, 1),
    )
    assert new.user
    assert not new.user.has_usable_password()
    assert sees(cast.manager_li, new)
    line = ReportingLine.objects.get(employee=new)
    assert line.valid_from == SINCE, "nobody reports to a manager before the manager was here"
    assert OrgClosure.objects.get(ancestor=new, descendant=new).valid_from == date(2020, 1, 1)


def test_nothing_to_change_writes_nothing(cast: Cast) -> None:
    set_manager(cast.xiaozhang, cast.manager_li)
    assert not Event.objects.exists()


def test_a_rebuild_of_a_right_closure_changes_no_row(cast: Cast) -> None:
    set_manager(cast.manager_li, cast.stranger_manager, on=TODAY() - 3 * DAY)
    before = list(OrgClosure.objects.order_by("pk").values())
    closure.rebuild_closure()
    assert list(OrgClosure.objects.order_by("pk").values()) == before
