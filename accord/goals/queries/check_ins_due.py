"""Whose check-in is due: by each person's own rhythm, and only where there is something to check in about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accord.domain.periods import Frequency, Period
from accord.goals.models import CheckIn, CheckInRhythm, KeyResult, Kpi, KpiTarget, Objective
from accord.goals.queries.cycles import current_cycle
from accord.metrics.models import Metric
from accord.people.models import Employee

Rhythm = CheckInRhythm.Rhythm
_FRIDAY = 4


def period_asked_for(rhythm: str, today: date) -> Period:
    """The day or week that a check-in on `today` counts for."""
    return Period.of(today, Frequency.DAY if rhythm == Rhythm.DAILY else Frequency.WEEK)


def rhythm_of(employee: Employee) -> str:
    """How often `employee` is reminded."""
    chosen = CheckInRhythm.objects.filter(employee=employee).values_list("rhythm", flat=True).first()
    return chosen or Rhythm.WEEKLY


def is_due(employee: Employee, today: date) -> bool:
    """Whether the check-in of this day or week is still to be made."""
    rhythm = rhythm_of(employee)
    if rhythm == Rhythm.NONE or (rhythm == Rhythm.DAILY and today.weekday() > _FRIDAY):
        return False
    since = period_asked_for(rhythm, today).start
    if CheckIn.objects.filter(employee=employee, on__gte=since, on__lte=today).exists():
        return False
    return Employee.objects.filter(_has_something(today), pk=employee.pk).exists()


def people_to_remind(rhythm: str, today: date) -> QuerySet[Employee]:
    """Those who work here, chose `rhythm` and have not checked in: on working days for daily, on Fridays for weekly."""
    if today.weekday() > _FRIDAY or (rhythm == Rhythm.WEEKLY and today.weekday() != _FRIDAY):
        return Employee.objects.none()
    chosen = Q(check_in_rhythm__rhythm=rhythm)
    if rhythm == Rhythm.WEEKLY:
        chosen |= Q(check_in_rhythm=None)
    since = period_asked_for(rhythm, today).start
    done = Exists(CheckIn.objects.filter(employee=OuterRef("pk"), on__gte=since, on__lte=today))
    return (
        Employee.objects.filter(chosen, ~done, _has_something(today), status=Employee.Status.ACTIVE)
        .select_related("user")
        .order_by("pk")
    )


def missed_check_ins(managers: Collection[int], week: Period) -> QuerySet[Employee]:
    """Those who report to these managers (keys), wanted to be reminded and did not check in during a week."""
    done = Exists(CheckIn.objects.filter(employee=OuterRef("pk"), on__gte=week.start, on__lte=week.end))
    return (
        Employee.objects.filter(~done, _has_something(week.end), manager__in=managers, status=Employee.Status.ACTIVE)
        .exclude(check_in_rhythm__rhythm=Rhythm.NONE)
        .order_by("name", "pk")
    )


def my_metrics(employee: Employee, today: date) -> list[Metric]:
    """The metrics that `employee` has a target for in the period around `today`, the heaviest KPI first."""
    cycle = current_cycle(today)
    targets = KpiTarget.objects.filter(kpi__cycle=cycle, series__employee=employee).select_related("series__metric")
    ordered = targets.order_by("-kpi__weight", "series__metric__name")
    return list(dict.fromkeys(each.series.metric for each in ordered if _holds(each, today)))


def my_key_results(employee: Employee, today: date) -> list[KeyResult]:
    """The key results that `employee` answers for in the running cycle."""
    mine = Q(owner=employee) | Q(owner=None, objective__owner=employee) | Q(objective__employee=employee)
    open_ones = KeyResult.objects.filter(objective__cycle=current_cycle(today), objective__state=Objective.State.OPEN)
    return list(open_ones.filter(mine).select_related("metric").distinct().order_by("objective__order", "order", "pk"))


def _holds(target: KpiTarget, today: date) -> bool:
    key = Period.of(today, Frequency(target.series.metric.frequency)).key
    return target.from_period <= key <= target.to_period


def _has_something(today: date) -> Q:
    """Whether somebody has a KPI or a key result in the running cycle; without one nobody is asked for anything."""
    cycle = current_cycle(today)
    kpis = Kpi.objects.filter(cycle=cycle, series__employee=OuterRef("pk"))
    results = KeyResult.objects.filter(objective__cycle=cycle, objective__employee=OuterRef("pk"))
    return Q(Exists(kpis)) | Q(Exists(results))
