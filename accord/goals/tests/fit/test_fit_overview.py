"""What does not fit among the KPIs of many: in force from files and signatures, or still being agreed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.domain.periods import Frequency, Period
from accord.goals.models import FitOverride, Kpi, KpiTarget
from accord.goals.queries.fit_overview import FitOfPosition, being_agreed, in_force, overview
from accord.goals.services.fit import override
from accord.goals.tests.fit.builders import FIRST, LAST, agreement, cycle, family, key_result, metric, recommend
from accord.metrics.models import Series
from accord.people.models import Employee
from tests.cast import Cast, employee

TODAY = FIRST


def carries(person: Employee, name: str, weight: str = "0.5", until: int | None = None) -> None:
    """A KPI from a file, in force through the quarter."""
    series, _ = Series.objects.get_or_create(metric=metric(name), employee=person)
    kpi = Kpi.objects.create(cycle=cycle(), series=series, weight=Decimal(weight))
    first, last = Period.of(FIRST, Frequency.WEEK).key, Period.of(LAST, Frequency.WEEK).key
    KpiTarget.objects.create(
        kpi=kpi, series=series, from_period=first, to_period=until or last, target=1, green_from=1, yellow_from=1
    )


def told(found: list[FitOfPosition]) -> list[tuple[str, str, dict[str, int], int]]:
    return [(each.position.name, group.code, group.units, group.people) for each in found for group in each.groups]


@pytest.fixture
def mapped(cast: Cast) -> Cast:
    recommend("销售代表", family("sales", "销售"), "签约额", "回款率")
    recommend("后端工程师", family("engineering", "技术研发"), "研发工时")
    return cast


def checked(today: date = TODAY) -> list[FitOfPosition]:
    return overview(in_force(Employee.objects.all(), cycle(), today), cycle())


def test_what_fits_is_not_mentioned(mapped: Cast) -> None:
    carries(mapped.xiaozhang, "签约额")
    assert checked() == []


def test_everybody_who_carries_it_stands_in_one_line(mapped: Cast) -> None:
    for person in (mapped.xiaozhang, mapped.colleague):
        carries(person, "签约额")
        carries(person, "研发工时")
    (each,) = checked()
    assert told([each]) == [("销售代表", "outside_family", {"华东组": 2}, 2)]
    assert each.groups[0].names == [
        (mapped.xiaozhang.pk, "小张"),
        (mapped.colleague.pk, "小林"),
    ]
    assert "研发工时" in each.groups[0].sentence


def test_only_what_is_in_force_today_counts(mapped: Cast) -> None:
    carries(mapped.xiaozhang, "研发工时", until=Period.of(FIRST, Frequency.WEEK).key)
    assert told(checked()) == [("销售代表", "outside_family", {"华东组": 1}, 1)]
    assert checked(LAST) == []


def test_light_weights_and_too_many_are_counted_by_person(mapped: Cast) -> None:
    for number in range(8):
        carries(mapped.xiaozhang, f"指标{number}", "0.04" if number == 0 else "0.13")
    carries(mapped.colleague, "指标0", "0.5")
    assert told(checked()) == [
        ("销售代表", "too_light", {"华东组": 1}, 1),
        ("销售代表", "too_many", {"华东组": 1}, 1),
    ]


def test_a_link_to_an_objective_is_asked_for_where_there_are_some(mapped: Cast) -> None:
    carries(mapped.xiaozhang, "签约额")
    carries(mapped.xiaozhang, "来访登记数")
    key_result(mapped, "签约额")
    assert told(checked()) == [("销售代表", "no_objective", {"华东组": 1}, 1)]


def test_drafts_are_looked_at_too_and_a_reason_takes_a_person_off(mapped: Cast) -> None:
    for person in (mapped.xiaozhang, mapped.colleague):
        terms = agreement(person, mapped.manager_li, ("签约额", "0.6"), ("研发工时", "0.4"))

    def drafts() -> list[FitOfPosition]:
        return overview(being_agreed(Employee.objects.all(), cycle()), cycle())

    assert told(drafts()) == [("销售代表", "outside_family", {"华东组": 2}, 2)]
    override(terms.agreement, mapped.colleague, "outside_family", metric("研发工时").pk, "借调")
    override(terms.agreement, mapped.manager_li, "outside_family", metric("研发工时").pk, "借调一个季度")
    assert FitOverride.objects.count() == 2
    (each,) = drafts()
    assert (each.groups[0].people, each.groups[0].kept) == (1, 1)


@pytest.mark.parametrize("of", ["", "drafts"])
def test_ten_or_twenty_positions_take_the_same_statements(mapped: Cast, of: str) -> None:
    client, counts = Client(), []
    client.force_login(mapped.executive_chen.user)
    for rows in (range(10), range(10, 20)):
        for number in rows:
            person = employee(f"B{number}", f"同事{number}", mapped.east, mapped.manager_li, position=f"岗位{number}")
            recommend(f"岗位{number}", family("sales", "销售"), f"指标{number}")
            carries(person, "研发工时", "0.03")
            agreement(person, mapped.manager_li, ("研发工时", "0.03"))
        with patch("accord.goals.views.fit.organisation_day", lambda: TODAY), CaptureQueriesContext(connection) as seen:
            page = client.get(reverse("goals:fit"), {"of": of})
        assert "研发工时" in page.content.decode()
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_one_sees_the_people_one_may_see(mapped: Cast) -> None:
    carries(mapped.xiaozhang, "研发工时")
    for person, sees in (
        (mapped.xiaozhang, True),
        (mapped.manager_li, True),
        (mapped.hrbp_wang, True),
        (mapped.executive_chen, True),
        (mapped.colleague, False),
        (mapped.stranger, False),
        (mapped.administrator, False),
    ):
        client = Client()
        client.force_login(person.user)
        with patch("accord.goals.views.fit.organisation_day", lambda: TODAY):
            page = client.get(reverse("goals:fit")).content.decode()
        assert ("研发工时" in page) == sees, person


def test_a_draft_is_not_told_to_the_one_it_is_about_before_it_is_proposed(mapped: Cast) -> None:
    terms = agreement(mapped.xiaozhang, mapped.manager_li, ("签约额", "0.6"), ("研发工时", "0.4"))
    terms.proposed_at = None
    terms.save()
    for person, is_told in ((mapped.xiaozhang, False), (mapped.manager_li, True)):
        client = Client()
        client.force_login(person.user)
        with patch("accord.goals.views.fit.organisation_day", lambda: TODAY):
            page = client.get(reverse("goals:fit"), {"of": "drafts"}).content.decode()
        assert ("研发工时" in page) is is_told
