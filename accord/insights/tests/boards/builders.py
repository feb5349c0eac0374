"""Units with heads and judged KPIs, for tests of boards."""

from __future__ import annotations

from django.utils import timezone

from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import kpi, measure
from accord.domain.periods import Frequency, Period
from accord.goals.models import Kpi
from accord.people.models import Employee, OrgUnit
from tests.cast import Cast


def last_week() -> Period:
    return Period.of(timezone.localdate(), Frequency.WEEK) - 1


def judged(subject: Employee | OrgUnit, *values: int, **metric: object) -> Kpi:
    """A KPI with target 100 and a value in each of the last weeks, oldest first, evaluated."""
    one = kpi(subject, 100, **metric)
    measure(one, {last_week() - back: value for back, value in enumerate(reversed(values))})
    evaluate([last_week() - back for back in range(len(values))])
    return one


def head_units(cast: Cast) -> None:
    """Give the cast's units their heads: 李经理 leads 销售部 and 华东组, 赵经理 客服部, 陈总 the company."""
    for unit, head in (
        (cast.east, cast.manager_li),
        (cast.sales, cast.manager_li),
        (cast.service, cast.stranger_manager),
        (cast.company, cast.executive_chen),
    ):
        OrgUnit.objects.filter(pk=unit.pk).update(head=head)
