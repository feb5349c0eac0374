"""Reads of goals. Target in force, weight and method come from here for alerts, scorecards and reports alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, QuerySet

from accord.goals.models import Cycle, Kpi, KpiTarget
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


def kpi_sheets(employees: Sequence[Employee], cycle: Cycle) -> list[KpiSheet]:
    """The KPIs of some people in a cycle with metrics and targets; three statements for any number of people."""
    by_employee: defaultdict[int | None, list[Kpi]] = defaultdict(list)
    for kpi in kpis_of([employee.pk for employee in employees], cycle):
        by_employee[kpi.series.employee_id].append(kpi)
    return [KpiSheet(employee, by_employee[employee.pk]) for employee in employees]


def kpis_of(employees: Sequence[int], cycle: Cycle) -> QuerySet[Kpi]:
    """The KPIs of the employees with these ids in a cycle, with metric and schedule, heaviest first."""
    schedule = Prefetch("targets", KpiTarget.objects.order_by("from_period"))
    return (
        Kpi.objects.filter(cycle=cycle, series__employee__in=employees)
        .select_related("series__metric")
        .prefetch_related(schedule)
        .order_by("series__employee", "-weight", "id")
    )
