"""A judged history and the reports about it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from unittest.mock import patch

from django.utils import timezone

from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import kpi, measure, week
from accord.goals.models import Kpi
from accord.insights.models import WeeklyReport
from accord.insights.services.weekly_reports import write_next
from accord.people.models import Employee, OrgUnit

W45, W46, W47 = (week(number) for number in (45, 46, 47))
# Monday at eight in Shanghai; the newest week is the 47th.
MONDAY = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def judged(subject: Employee | OrgUnit, *values: int | str, target: int = 100, **metric: Any) -> Kpi:
    """A KPI with a value in each of the last weeks up to the 47th, judged early on that Monday."""
    one = kpi(subject, target, **{"name": "签约额", "unit": "万元", **metric})
    periods = [W47 - back for back in range(len(values))]
    measure(one, dict(zip(periods, reversed(values), strict=True)))
    judge(*periods)
    return one


def judge(*periods: Any) -> None:
    """Judge some weeks as the night before that Monday does."""
    with patch.object(timezone, "now", return_value=datetime(2026, 11, 22, 16, 30, tzinfo=UTC)):
        evaluate(sorted(periods), MONDAY.date())


def write_all(now: datetime = MONDAY) -> int:
    """Write whatever is due; return in how many slices."""
    slices = 0
    with patch.object(timezone, "now", return_value=now):
        while write_next(now):
            slices += 1
    return slices


def report_of(person: Employee, now: datetime = MONDAY) -> WeeklyReport:
    """The report of a person, written with those of everybody who is due."""
    write_all(now)
    return WeeklyReport.objects.select_related("reader__user").get(reader=person)
