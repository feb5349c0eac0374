"""Reads of goals. Target in force, weight and method come from here for alerts, scorecards and reports alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accord.domain.periods import Frequency, Period
from accord.goals.models import Cycle, Kpi, KpiTarget
from accord.goals.queries.agreements import terms_on
from accord.people.models import Employee


def targets_in_force(period: int) -> QuerySet[KpiTarget]:
    """The targets that hold in `period` (a period key), at most one per series."""
    return KpiTarget.objects.filter(from_period__lte=period, to_period__gte=period)


@dataclass(frozen=True)
class KpiSheet:
    """The KPIs of one person in a cycle, heaviest first, with the sum of their weights (1 when they are complete)."""

    employee: Employee
    kpis: Sequence[Kpi]

    @property
    def weight(self) -> Decimal:
        return sum((kpi.weight for kpi in self.kpis), Decimal())

    @property
    def is_complete(self) -> bool:
        return self.weight == 1


def kpi_sheets(employees: Sequence[Employee], cycle: Cycle, on: date) -> list[KpiSheet]:
    """What some people answer for in a cycle on a day, or on the cycle's nearest day to it, with metrics and targets.

    Three statements for any number of people.
    """
    by_employee: defaultdict[int | None, list[Kpi]] = defaultdict(list)
    day = min(max(on, cycle.starts_on), cycle.ends_on)
    for kpi in kpis_of([employee.pk for employee in employees], cycle).filter(_held(cycle, day)):
        by_employee[kpi.series.employee_id].append(kpi)
    return [KpiSheet(employee, by_employee[employee.pk]) for employee in employees]


def _held(cycle: Cycle, day: date) -> Q:
    """The KPIs of the terms in force on a day, and those from a file that have a target on it or after it.

    A period belongs to the cycle in which it ends, so the last days of a cycle may lie in a period of the next one.
    """
    to_come = Q(pk__in=())
    for frequency in Frequency:
        period = Period.of(day, frequency)
        key = period.key - (period.end > cycle.ends_on)
        to_come |= Q(series__metric__frequency=frequency, to_period__gte=key)
    in_file = Exists(KpiTarget.objects.filter(to_come, kpi=OuterRef("pk")))
    return Q(in_file, line=None) | Q(line__terms__in=terms_on(day, cycle))


def kpis_of(employees: Sequence[int], cycle: Cycle) -> QuerySet[Kpi]:
    """The KPIs of the employees with these ids in a cycle, with metric and schedule, heaviest first."""
    schedule = Prefetch("targets", KpiTarget.objects.order_by("from_period"))
    return (
        Kpi.objects.filter(cycle=cycle, series__employee__in=employees)
        .select_related("series__metric")
        .prefetch_related(schedule)
        .order_by("series__employee", "-weight", "id")
    )
