"""What a weekly report says of driver trees, and to whom."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from accord.alerts.tests.builders import batch
from accord.insights.models import WeeklyReport
from accord.insights.queries.weekly_reports.reading import Section, read_report
from accord.insights.tests.weekly_reports.builders import W46, W47, write_all
from accord.metrics.models import DriverNode, DriverTarget, DriverTree, Measurement, Metric, Series
from accord.people.models import Employee
from accord.people.queries.sight import unit_sight
from tests.cast import Cast

pytestmark = pytest.mark.django_db

VALUES = {"GMV": (2000, 2000, 1500), "访客数": (100, 100, 100), "转化率": (2, 2, "1.5"), "客单价": (10, 10, 10)}
"""Target, the week before, the week: conversion alone slipped."""


@pytest.fixture
def tree(cast: Cast) -> DriverTree:
    """GMV = visitors × conversion × order value of 华东组, headed by 李经理; 小张 owns conversion."""
    cast.east.head = cast.manager_li
    cast.east.save()
    made = DriverTree.objects.create(name="华东 GMV", org_unit=cast.east, owner=cast.manager_li)
    root = None
    for place, (name, values) in enumerate(VALUES.items()):
        metric = Metric.objects.create(name=name, unit="万元" if name == "GMV" else "", decimals=1)
        kind = DriverNode.Kind.LEAF if root else DriverNode.Kind.PRODUCT
        owner = cast.xiaozhang if name == "转化率" else None
        given = {"tree": made, "parent": root, "place": place, "kind": kind, "metric": metric}
        node = DriverNode.objects.create(org_unit=cast.east, owner=owner, **given)
        series = Series.objects.create(metric=metric, org_unit=cast.east)
        DriverTarget.objects.create(node=node, from_period=W46.key - 20, value=Decimal(values[0]))
        for period, value in zip((W46, W47), values[1:], strict=True):
            facts = {"period": period.key, "value": Decimal(value), "batch": batch(), "row": 2}
            Measurement.objects.create(series=series, **facts)
        root = root or node
    return made


def section_of(reader: Employee) -> Section | None:
    report = read_report(WeeklyReport.objects.get(reader=reader))
    return next((section for section in report.sections if section.key == "trees"), None)


def test_the_driver_that_pulled_it_down_is_named_with_its_amount(tree: DriverTree, cast: Cast) -> None:
    write_all()
    report = WeeklyReport.objects.get(reader=cast.manager_li)
    assert read_report(report).title == "第 47 周：转化率拖累 GMV 500.0 万元"
    section = section_of(cast.manager_li)
    assert section is not None
    [line] = section.lines
    assert (line.title, line.url, line.light) == ("华东 GMV", reverse("metrics:tree", args=[tree.pk]), "yellow")
    assert line.said.startswith("GMV 比目标少 500.0 万元：转化率 −500.0 万元。转化率从 2026-W47 起未达目标")
    assert [(figure.label, figure.text) for figure in line.figures][:2] == [
        ("GMV", "1,500.0 万元（目标 2,000.0 万元）"),
        ("转化率", "1.5（目标 2.0）"),
    ]
    series = Series.objects.get(metric__name="转化率")
    assert line.figures[1].url == reverse("metrics:origin", args=[series.pk, W47.key])


def test_the_question_goes_to_whoever_owns_the_driver(tree: DriverTree, cast: Cast) -> None:
    write_all()
    asked = WeeklyReport.objects.get(reader=cast.manager_li).content["question"]
    assert asked["pattern"].startswith("driver.")
    assert (asked["who"], "转化率" in asked["said"]["zh-hans"]) == ("小张", True)


def test_an_owner_of_a_part_reads_it_where_they_may_see_the_unit(tree: DriverTree, cast: Cast) -> None:
    node = tree.nodes.get(metric__name="客单价")
    node.owner = cast.stranger
    node.save()
    write_all()
    assert section_of(cast.xiaozhang) is not None
    assert section_of(cast.stranger) is None
    # Those above read of trees that are theirs; the whole line would drown in them.
    assert section_of(cast.executive_chen) is None


def test_sight_of_units_is_what_access_says(cast: Cast) -> None:
    cast.service.head = cast.stranger_manager
    cast.service.save()
    people = {name: getattr(cast, name).pk for name in ("xiaozhang", "stranger_manager", "hrbp_wang", "executive_chen")}
    units = {unit.pk for unit in (cast.east, cast.service)}
    seen = unit_sight(people.values(), units)
    assert seen == {
        (people["xiaozhang"], cast.east.pk),
        (people["stranger_manager"], cast.service.pk),
        (people["hrbp_wang"], cast.east.pk),
        (people["executive_chen"], cast.east.pk),
        (people["executive_chen"], cast.service.pk),
    }
