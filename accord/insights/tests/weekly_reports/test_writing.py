"""When reports are written, to whom, and that each is written once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection

from accord.foundation.models import Event, Job, Notification
from accord.insights.jobs.weekly_reports import write_weekly_reports
from accord.insights.models import ReportWish, WeeklyReport
from accord.insights.services.weekly_reports import change_wish, forget_old, write_next, write_reports, writing
from accord.insights.tests.weekly_reports.builders import MONDAY, W47, judged, report_of, write_all
from accord.metrics.models import DriverNode, DriverTree, Metric
from accord.people.services.employment import set_manager
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db


def readers() -> set[str]:
    return set(WeeklyReport.objects.values_list("reader__name", flat=True))


def test_managers_heads_and_owners_of_trees_get_one(cast: Cast) -> None:
    cast.service.head = cast.stranger
    cast.service.save()
    metric = Metric.objects.create(name="GMV")
    tree = DriverTree.objects.create(name="GMV", org_unit=cast.sales, owner=cast.auditor)
    DriverNode.objects.create(tree=tree, metric=metric, org_unit=cast.sales, owner=cast.colleague)
    write_all()
    assert readers() == {"陈总", "李经理", "赵经理", "外人", "钱审计", "小林"}


def test_leavers_and_closed_accounts_get_none(cast: Cast) -> None:
    cast.manager_li.user.is_active = False
    cast.manager_li.user.save()
    cast.stranger_manager.user = None
    cast.stranger_manager.save()
    write_all()
    assert readers() == {"陈总"}


def test_each_reader_on_the_monday_of_their_own_clock(cast: Cast) -> None:
    new_york = cast.stranger_manager.user
    new_york.time_zone = "America/New_York"
    new_york.save()
    write_all(MONDAY - timedelta(minutes=1))
    assert readers() == set()
    write_all(MONDAY)
    assert readers() == {"陈总", "李经理"}
    write_all(datetime.fromisoformat("2026-11-23T12:50:00Z"))
    assert readers() == {"陈总", "李经理"}
    write_all(datetime.fromisoformat("2026-11-23T13:00:00Z"))
    assert readers() == {"陈总", "李经理", "赵经理"}
    assert set(WeeklyReport.objects.values_list("week", flat=True)) == {W47.key}


def test_week_53_and_week_1(cast: Cast) -> None:
    write_all(datetime.fromisoformat("2027-01-04T00:00:00Z"))
    write_all(datetime.fromisoformat("2027-01-11T00:00:00Z"))
    weeks = WeeklyReport.objects.filter(reader=cast.manager_li).order_by("week")
    assert [row.period.label for row in weeks] == ["2026-W53", "2027-W01"]


def test_on_wednesday_last_week_is_no_news(cast: Cast) -> None:
    write_all(MONDAY + timedelta(days=2, minutes=1))
    assert readers() == set()


def test_written_once_however_often_it_is_asked_for(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    assert write_all() == 1
    assert [write_next(MONDAY + timedelta(hours=hours)) for hours in range(3)] == [False] * 3
    assert write_reports(W47, [cast.manager_li.pk], MONDAY) == []
    assert WeeklyReport.objects.filter(reader=cast.manager_li).count() == 1
    assert Notification.objects.filter(recipient=cast.manager_li.user).count() == 1
    events = Event.objects.filter(name="weekly_report.written")
    assert events.count() == WeeklyReport.objects.count()
    assert {tuple(sorted(event.payload)) for event in events} == {("report_id", "state", "week")}


@pytest.mark.django_db(transaction=True)
def test_written_once_by_many_at_the_same_time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(cast.xiaozhang, 104, 60)
    monkeypatch.setattr(writing, "AT_ONCE", 2)

    def run(_number: int) -> None:
        try:
            while write_next(MONDAY):
                pass
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(run, range(4)))
    assert WeeklyReport.objects.count() == 3
    assert Notification.objects.filter(recipient=cast.manager_li.user).count() == 1


def test_a_job_writes_one_slice_and_leaves_the_next_to_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    judged(cast.xiaozhang, 104, 60)
    monkeypatch.setattr(writing, "AT_ONCE", 2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY)
    write_weekly_reports.func()
    assert WeeklyReport.objects.count() == 2
    waiting = set(Job.objects.values_list("key", flat=True))
    assert write_weekly_reports.module_path in waiting
    write_weekly_reports.func()
    write_weekly_reports.func()
    assert WeeklyReport.objects.count() == 3


def test_nothing_changed_and_nothing_wished_for(cast: Cast) -> None:
    judged(cast.xiaozhang, 101, 101)
    change_wish(cast.manager_li.user, by_mail=True, with_pdf=False, only_when_changed=True)
    assert report_of(cast.manager_li).state == WeeklyReport.State.QUIET
    assert WeeklyReport.objects.get(reader=cast.executive_chen).state == WeeklyReport.State.WRITTEN
    assert not Notification.objects.filter(recipient=cast.manager_li.user).exists()


def test_a_change_reaches_those_who_wait_for_changes(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    ReportWish.objects.create(user=cast.manager_li.user, only_when_changed=True)
    assert report_of(cast.manager_li).state == WeeklyReport.State.WRITTEN


def test_a_report_stays_with_its_reader_when_people_move(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    report = report_of(cast.manager_li)
    set_manager(cast.xiaozhang, cast.stranger_manager)
    assert WeeklyReport.objects.get(pk=report.pk).reader == cast.manager_li


def test_old_reports_are_forgotten(cast: Cast) -> None:
    write_all()
    assert forget_old((MONDAY + timedelta(days=399)).date()) == 0
    assert forget_old((MONDAY + timedelta(days=400)).date()) == 3


def test_many_more_readers_than_one_slice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "AT_ONCE", 5)
    for number in range(9):
        lead = employee(f"M{number}", f"主管{number}", cast.east, cast.executive_chen)
        employee(f"N{number}", f"成员{number}", cast.east, lead)
    assert write_all() == 3
    assert WeeklyReport.objects.count() == 12
