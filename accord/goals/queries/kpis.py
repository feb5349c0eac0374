"""Reads of goals. Target in force, weight and method come from here for alerts, scorecards and reports alike.

A KPI holds in a period if one of its targets does: the target of a series in a period is the truth, and its KPI says
with which weight and method. A KPI that an amendment took the place of keeps the targets of the periods before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from accord.domain.scorecard import Terms, lay_phases
from accord.goals.models import AgreementTerms, Cycle, Kpi, KpiTarget
from accord.metrics.models import Series
from accord.people.models import Employee

IMPORTED = 0
"""The key of the terms that came with a file instead of a signed agreement."""


def targets_in_force(period: int) -> QuerySet[KpiTarget]:
    """The targets that hold in `period` (a period key), at most one per series."""
    return KpiTarget.objects.filter(_holds_in([period]))


def target_values(series: QuerySet[Series], period: int) -> dict[int, Decimal]:
    """The target in force of each of some series that has one, by the key of the series."""
    return dict(targets_in_force(period).filter(series__in=series).values_list("series_id", "target"))


def targets_of(employees: Collection[int], periods: Iterable[int]) -> QuerySet[KpiTarget]:
    """The targets in force of some people in each of some periods, with KPI and metric, the heaviest KPI first."""
    return (
        KpiTarget.objects.filter(_holds_in(periods), series__employee__in=employees)
        .select_related("kpi__series__metric")
        .order_by("-kpi__weight", "series")
    )


def _holds_in(periods: Iterable[int]) -> Q:
    condition = Q(pk__in=[])
    for period in periods:
        condition |= Q(from_period__lte=period, to_period__gte=period)
    return condition


@dataclass(frozen=True)
class KpiSpan:
    """The KPIs that hold together from one day to another, both inclusive, heaviest first."""

    first: date
    last: date
    kpis: Sequence[Kpi] = field(default_factory=list)

    @property
    def weight(self) -> Decimal:
        return sum((kpi.weight for kpi in self.kpis), Decimal())

    @property
    def is_complete(self) -> bool:
        """Whether the weights make 100 %."""
        return self.weight == 1


@dataclass(frozen=True)
class KpiSheet:
    """What one person answers for in a cycle: what holds, and what held before or will hold by terms already signed."""

    employee: Employee
    current: KpiSpan
    others: Sequence[KpiSpan] = ()

    @property
    def kpis(self) -> Sequence[Kpi]:
        return self.current.kpis

    @property
    def weight(self) -> Decimal:
        return self.current.weight

    @property
    def is_complete(self) -> bool:
        return self.current.is_complete


def kpi_sheets(employees: Sequence[Employee], cycle: Cycle, on: date) -> list[KpiSheet]:
    """The sheets of some people in a cycle: what holds does so on a day, or on the nearest day of the cycle.

    Four statements for any number of people.
    """
    keys = [employee.pk for employee in employees]
    terms: defaultdict[int, list[Terms]] = defaultdict(list)
    kpis: defaultdict[tuple[int, int], list[Kpi]] = defaultdict(list)
    for each in terms_of(keys, cycle):
        terms[each.agreement.employee_id].append(days_of(each))
    for kpi in kpis_of(keys, cycle):
        kpis[kpi.series.employee_id or 0, kpi.line.terms_id if kpi.line else IMPORTED].append(kpi)
    day = min(max(on, cycle.starts_on), cycle.ends_on)
    return [_sheet(employee, cycle, [imported(cycle), *terms[employee.pk]], kpis, day) for employee in employees]


def _sheet(
    employee: Employee,
    cycle: Cycle,
    terms: Iterable[Terms],
    kpis: defaultdict[tuple[int, int], list[Kpi]],
    day: date,
) -> KpiSheet:
    held = [each for each in terms if (employee.pk, each.key) in kpis]
    laid = lay_phases(held, *employed(employee, cycle))
    spans = [KpiSpan(each.first, each.last, kpis[employee.pk, each.key]) for each in laid]
    begun = [span for span in spans if span.first <= day] or spans[:1]
    current = begun[-1] if begun else KpiSpan(cycle.starts_on, cycle.ends_on)
    return KpiSheet(employee, current, [span for span in spans if span is not current])


def kpis_of(employees: Sequence[int], cycle: Cycle) -> QuerySet[Kpi]:
    """All KPIs that the employees with these ids have in a cycle, with terms, metric and targets, heaviest first.

    After an amendment a series has several: `kpi_sheets` tells which of them hold.
    """
    schedule = Prefetch("targets", KpiTarget.objects.order_by("from_period"))
    return (
        Kpi.objects.filter(cycle=cycle, series__employee__in=employees)
        .select_related("series__metric", "line")
        .prefetch_related(schedule)
        .order_by("series__employee", "-weight", "id")
    )


def terms_of(employees: Sequence[int], cycle: Cycle) -> QuerySet[AgreementTerms]:
    """The signed terms of some people in a cycle with their agreements, in the order of signing."""
    return (
        AgreementTerms.objects.filter(
            agreement__cycle=cycle, agreement__employee__in=employees, state=AgreementTerms.State.SIGNED
        )
        .select_related("agreement__model_version")
        .order_by("signed_at", "id")
    )


def days_of(terms: AgreementTerms) -> Terms:
    """The days for which terms were signed, whatever was signed after them."""
    agreement = terms.agreement
    return Terms(terms.pk, agreement.pk, max(terms.effective_on, agreement.starts_on), agreement.ends_on)


def imported(cycle: Cycle) -> Terms:
    """What came with a file: it holds until something is signed."""
    return Terms(IMPORTED, IMPORTED, cycle.starts_on, cycle.ends_on)


def employed(employee: Employee, cycle: Cycle) -> tuple[date, date]:
    """The first and the last day of a cycle on which somebody works here."""
    first = max(cycle.starts_on, employee.hired_on or cycle.starts_on)
    return first, min(cycle.ends_on, employee.left_on or cycle.ends_on)
