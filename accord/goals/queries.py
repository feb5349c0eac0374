"""Reads of goals. Target in force, weight and method come from here for alerts, scorecards and reports alike."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from accord.foundation.models import User
from accord.goals.models import CoreOutput, Cycle, Kpi, KpiTarget, RecommendedKpi
from accord.people.models import Employee, Position


def targets_in_force(period: int) -> QuerySet[KpiTarget]:
    """The targets that hold in `period` (a period key), at most one per series."""
    return KpiTarget.objects.filter(from_period__lte=period, to_period__gte=period)


def current_cycle(today: date) -> Cycle | None:
    """The cycle that `today` lies in, the latest begun first; None where the organisation has none yet."""
    return Cycle.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("-starts_on", "-id").first()


def cycles() -> QuerySet[Cycle]:
    """All cycles, the latest first."""
    return Cycle.objects.order_by("-starts_on", "-id")


def cycle_named(name: str) -> Cycle | None:
    """The cycle called `name`, if there is one."""
    return Cycle.objects.filter(name=name).first()


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


def positions_by_family(search: str = "") -> QuerySet[Position]:
    """The positions that have a map, family by family; `search` is part of a position, output or metric name."""
    positions = Position.objects.filter(core_outputs__isnull=False).select_related("family")
    if search:
        wanted = Q()
        for path in ("name", "core_outputs__name", "core_outputs__recommended_kpis__metric__name"):
            wanted |= Q(**{f"{path}__icontains": search}) | Q(**{f"{path}_en__icontains": search})
        positions = positions.filter(wanted)
    return (
        positions.annotate(kpi_count=Count("core_outputs__recommended_kpis", distinct=True))
        .prefetch_related(_outputs())
        .order_by("family__id", "id")
        .distinct()
    )


def _outputs() -> Prefetch[str, QuerySet[CoreOutput], str]:
    kpis = RecommendedKpi.objects.select_related("metric").order_by("order", "id")
    outputs = CoreOutput.objects.order_by("order", "id").prefetch_related(Prefetch("recommended_kpis", kpis))
    return Prefetch("core_outputs", outputs)


def own_data(user: User) -> list[dict[str, Any]]:
    """The KPIs a person has had, cycle by cycle, with their targets."""
    kpis = Kpi.objects.filter(series__employee__user=user).select_related("cycle", "series__metric")
    return [
        {
            "cycle": kpi.cycle.name,
            "metric": kpi.series.metric.name,
            "weight": str(kpi.weight),
            "method": kpi.method,
            "targets": [
                {"from_period": target.from_period, "to_period": target.to_period, "target": str(target.target)}
                for target in kpi.targets.all()
            ],
        }
        for kpi in kpis.prefetch_related("targets").order_by("cycle__starts_on", "id")
    ]
