"""What stands in a weekly report, for whom, and that every number is the boards' own and says where it came from."""

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.alerts.tests.builders import measure
from accord.coaching.models import CoachingStep, CoachingTask
from accord.coaching.services.coaching_tasks import take_step
from accord.coaching.services.commitments import promise
from accord.coaching.services.following_alerts import open_coaching_task
from accord.goals.services.check_ins import Words, check_in
from accord.insights.models import WeeklyReport
from accord.insights.queries.lights import lights_of, newest_periods
from accord.insights.queries.weekly_reports.reading import ReadReport, read_report
from accord.insights.services.weekly_reports import write_reports
from accord.insights.tests.weekly_reports.builders import MONDAY, W46, W47, judge, judged, report_of, write_all
from accord.metrics.models import Connection, Freshness, MetricMapping, Source
from tests.cast import Cast, employee

pytestmark = pytest.mark.django_db


def lines(report: ReadReport, key: str) -> list[str]:
    """A section as its titles, lights and notes read."""
    found = [section for section in report.sections if section.key == key]
    return [f"{line.word} {line.title} {line.note}".strip() for section in found for line in section.lines]


def test_lights_that_turned_stand_with_both_weeks(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    judged(cast.colleague, 60, 101, name="回款额")
    judged(cast.colleague, 101, 101, name="客单价")
    report = read_report(report_of(cast.manager_li))
    assert report.title == "第 47 周：1 项转红"
    assert lines(report, "turns") == ["偏离 小张 · 签约额 上期：正常", "正常 小林 · 回款额 上期：偏离"]
    figures = report.sections[0].lines[0].figures
    assert [(each.label, each.text) for each in figures] == [
        ("2026-W47", "60.00 万元（目标 100.00 万元）"),
        ("2026-W46", "104.00 万元（目标 100.00 万元）"),
    ]
    assert figures[0].url == reverse("metrics:origin", args=[one.series_id, W47.key])


def test_the_numbers_are_those_of_the_boards(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    judged(cast.colleague, 101, 101, name="客单价")
    content = report_of(cast.manager_li).content
    assert content["counts"]["now"] == {"red": 1, "yellow": 0, "green": 1, "grey": 0}
    assert content["counts"]["then"] == {"red": 0, "yellow": 0, "green": 2, "grey": 0}
    [shown] = lights_of([cast.xiaozhang.pk], newest_periods(MONDAY.date()))[cast.xiaozhang.pk]
    [told] = content["turns"]
    assert (Decimal(told["now"]["value"]), told["now"]["light"]) == (shown.value, shown.light)


def test_the_same_light_far_from_where_it_was(cast: Cast) -> None:
    judged(cast.xiaozhang, 140, 101)
    judged(cast.colleague, 20, 60, name="投诉", direction="down", target=30)
    report = read_report(report_of(cast.manager_li))
    assert lines(report, "courses") == ["正常 小张 · 签约额 比上期走弱"]
    assert "偏离 小林 · 投诉 上期：正常" in lines(report, "turns")


def test_alerts_say_what_was_done_and_never_what_was_said(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60)
    alert = cast.xiaozhang.series.get().alerts.get()
    open_coaching_task(alert.pk)
    task = CoachingTask.objects.get()
    take_step(task, CoachingStep.Kind.TALK, "家里有事", cast.manager_li)
    report = report_of(cast.manager_li)
    assert lines(read_report(report), "alerts") == ["小张 · 签约额 新预警 · 李经理：谈过"]
    assert "家里有事" not in str(report.content)
    assert read_report(report).essence == "新增 1 条预警"


def test_what_is_only_watched_stands_apart_and_asks_for_nothing(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60)
    cast.xiaozhang.series.get().alerts.update(is_watched=True)
    report = report_of(cast.manager_li)
    assert lines(read_report(report), "watched") == ["小张 · 签约额 在观察清单上"]
    assert lines(read_report(report), "alerts") == []
    assert read_report(report).essence == "状态灯没有变化"
    assert report.content["question"]["pattern"].startswith("steady.")


def test_each_reader_hears_of_their_own_people_only(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    judged(cast.stranger, 104, 60, name="首次响应时长")
    write_all()
    told = {row.reader.name: str(row.content) for row in WeeklyReport.objects.select_related("reader")}
    assert set(told) == {"李经理", "赵经理", "陈总"}
    assert "小张" in told["李经理"]
    assert "外人" not in told["李经理"]
    assert "小张" not in told["赵经理"]
    assert "小张" in told["陈总"]
    assert "外人" in told["陈总"]


def test_a_unit_counts_for_its_head_and_those_above(cast: Cast) -> None:
    cast.east.head = cast.manager_li
    cast.east.save()
    judged(cast.east, 104, 60, name="华东 GMV")
    write_all()
    for reader in (cast.manager_li, cast.executive_chen):
        assert "偏离 华东组 · 华东 GMV 上期：正常" in lines(
            read_report(WeeklyReport.objects.get(reader=reader)), "turns"
        )
    assert WeeklyReport.objects.get(reader=cast.stranger_manager).content["turns"] == []


def test_direct_reports_come_first_and_the_rest_is_counted(cast: Cast) -> None:
    for number in range(7):
        judged(
            employee(f"C{number}", f"成员{number}", cast.east, cast.manager_li),
            104,
            10 + number,
            name=f"指标甲{number}",
        )
    judged(cast.manager_li, 104, 70, name="团队目标达成率")
    [section] = [each for each in read_report(report_of(cast.executive_chen)).sections if each.key == "turns"]
    assert [line.title for line in section.lines][:2] == ["李经理 · 团队目标达成率", "成员0 · 指标甲0"]
    assert (len(section.lines), section.more) == (5, 3)


def test_what_is_due(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60)
    open_coaching_task(cast.xiaozhang.series.get().alerts.get().pk)
    CoachingTask.objects.update(due_on=(MONDAY + timedelta(days=3)).date())
    check_in(cast.colleague, Words("谈下两家", 7), on=W47.start)
    judged(cast.colleague, 101, 101, name="客单价")
    report = read_report(report_of(cast.manager_li))
    assert lines(report, "talks") == ["小张 · 签约额 11月26日前"]
    assert lines(report, "check_ins") == ["小张 还没有打卡"]


def test_what_the_reader_promised_for_the_week_is_named_to_them_alone(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    monday = MONDAY.date()
    for text, days in (("换首图", 4), ("补数据", -3), ("早就过期", -20), ("下周的事", 8)):
        due_on = monday + timedelta(days=days)
        promise(cast.manager_li, cast.xiaozhang, text, due_on, "coaching_tasks:1", "", cast.manager_li)
    assert lines(read_report(report_of(cast.manager_li)), "commitments") == [
        "补数据 小张 · 原定11月20日前",
        "换首图 小张 · 11月27日前",
    ]
    assert lines(read_report(report_of(cast.executive_chen)), "commitments") == []


def test_a_talk_that_is_late_says_what_was_planned(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60)
    open_coaching_task(cast.xiaozhang.series.get().alerts.get().pk)
    CoachingTask.objects.update(due_on=(MONDAY - timedelta(days=7)).date())
    assert lines(read_report(report_of(cast.manager_li)), "talks") == ["小张 · 签约额 原定11月16日前"]


def test_a_source_that_fails_says_until_when_its_data_go(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    source = Source.objects.get_or_create(name="CRM")[0]
    Freshness.objects.create(metric=one.series.metric, source=source, period=W46.key)
    assert lines(read_report(report_of(cast.manager_li)), "late") == ["签约额 数据截至 2026-W46"]
    WeeklyReport.objects.all().delete()
    failing = Connection.objects.create(source=source, kind="rest", state="active", failing_since=MONDAY)
    MetricMapping.objects.create(connection=failing, stream="deals", metric=one.series.metric)
    late = lines(read_report(report_of(cast.manager_li)), "late")
    assert late == ["签约额 数据截至 2026-W46；来源“CRM”自 11月23日起无法读取"]
    assert lines(read_report(WeeklyReport.objects.get(reader=cast.stranger_manager)), "late") == []


def test_the_question_is_about_the_readers_own_report_and_changes_weekly(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60, 60)
    asked = []
    for weeks in range(4):
        write_reports(W46 + weeks, [cast.manager_li.pk], MONDAY + timedelta(days=7 * (weeks - 1)))
        content = WeeklyReport.objects.get(week=(W46 + weeks).key).content
        asked.append(content["question"]["pattern"])
    assert all(first != second for first, second in pairwise(asked))
    first = WeeklyReport.objects.get(week=W47.key).content["question"]
    assert (first["who"], "签约额" in first["said"]["zh-hans"]) == ("小张", True)


def test_fifty_readers_cost_as_many_statements_as_one(cast: Cast) -> None:
    judged(cast.xiaozhang, 104, 60)
    with CaptureQueriesContext(connection) as one:
        write_reports(W47, [cast.manager_li.pk], MONDAY)
    readers = [employee(f"M{number}", f"主管{number}", cast.east, cast.executive_chen) for number in range(12)]
    for number, reader in enumerate(readers):
        judged(employee(f"N{number}", f"成员{number}", cast.east, reader), 60, 60, name=f"指标乙{number}")
    with CaptureQueriesContext(connection) as many:
        write_reports(W47, [reader.pk for reader in readers], MONDAY)
    # Only what is about alerts needs an alert to begin with.
    assert len(many) <= len(one) + 2
    assert len(many) <= 30


def test_every_number_names_its_origin(cast: Cast) -> None:
    judged(cast.xiaozhang, 60, 60)
    judged(cast.colleague, 104, 60, name="客单价")
    report = read_report(report_of(cast.manager_li))
    figures = [figure for section in report.sections for line in section.lines for figure in line.figures]
    assert len(figures) >= 4
    assert all(re.fullmatch(r"/metrics/values/\d+/\d+/", figure.url) for figure in figures)


def test_an_empty_company_is_written_nothing(cast: Cast) -> None:
    write_all()
    assert set(WeeklyReport.objects.values_list("state", flat=True)) == {"quiet"}


def test_what_has_not_come_in_yet_is_no_news(cast: Cast) -> None:
    one = judged(cast.xiaozhang, 104, 60)
    later = MONDAY + timedelta(days=7)
    measure(one, {})
    judge(W47 + 1)
    write_all(MONDAY)
    write_all(later)
    newest = WeeklyReport.objects.get(reader=cast.manager_li, week=(W47 + 1).key)
    assert newest.content["turns"] == []
