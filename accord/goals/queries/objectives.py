"""Objectives, read: with their key results, the KPIs these are broken into, and how far all of it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.lookups import IsNull

from accord.domain.objectives import Kind, Part, due, elapsed, progress, summed
from accord.foundation.clock import organisation_day
from accord.goals.models import Cycle, KeyResult, KeyResultKpi, Objective
from accord.people.models import Employee, OrgUnitClosure

_CENT = Decimal("0.01")


def of_people(prefix: str = "") -> IsNull:
    """Whether an objective is a person's, to order by: databases disagree on where nothing stands in an order."""
    return IsNull(F(f"{prefix}employee"), False)


@dataclass(frozen=True)
class SeenKeyResult:
    """A key result with how far it came and how far it should be; `is_withheld` where the reader may not know."""

    key_result: KeyResult
    part: Part
    is_withheld: bool = False

    @property
    def kpis(self) -> list[KeyResultKpi]:
        return list(self.key_result.kpis.all())


@dataclass(frozen=True)
class SeenObjective:
    """An objective with its key results in their order, and how far all of it came."""

    objective: Objective
    results: Sequence[SeenKeyResult]
    part: Part

    @property
    def light(self) -> int | None:
        """The light by the time that has gone; none without a value, and none once it is closed."""
        return self.part.light if self.objective.state == Objective.State.OPEN else None

    @property
    def weight(self) -> Decimal:
        """The sum of the weights, 1 when they are complete."""
        return sum((each.key_result.weight for each in self.results), Decimal())


def in_full(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """Objectives with everything a page shows of them; three statements for any number."""
    kpis = KeyResultKpi.objects.select_related("metric", "position").order_by("id")
    results = KeyResult.objects.select_related("metric", "owner").order_by("order", "id")
    return objectives.select_related("cycle", "org_unit", "employee__org_unit", "owner").prefetch_related(
        Prefetch("key_results", results.prefetch_related(Prefetch("kpis", kpis)))
    )


def seen(objective: Objective, today: date | None = None) -> SeenObjective:
    """An objective of `in_full` as it stands on a day (today)."""
    cycle = objective.cycle
    gone = elapsed(cycle.starts_on, cycle.ends_on, today or organisation_day())
    results = [SeenKeyResult(each, _part(each, gone)) for each in objective.key_results.all()]
    parts = [each.part for each in results]
    # Weights that do not make 1 yet are no objective yet: its key results stand alone.
    whole = summed(parts) if sum(part.weight for part in parts) == 1 else summed([])
    return SeenObjective(objective, results, whole)


def seen_all(objectives: Iterable[Objective], today: date | None = None) -> list[SeenObjective]:
    """Objectives of `in_full` as they stand on a day (today)."""
    return [seen(objective, today) for objective in objectives]


def _part(result: KeyResult, gone: Decimal) -> Part:
    kind = Kind(result.kind)
    return Part(result.weight, progress(kind, result.start, result.target, result.current), due(kind, gone))


Linked = Mapping[int | None, frozenset[int]]
"""The metrics of a position that key results are broken into; those of None are everybody's."""


def linked_metrics(metrics: Collection[int], cycle: Cycle) -> Linked | None:
    """Which of `metrics` key results of the cycle are measured by or broken into; None without any objective."""
    if not Objective.objects.filter(cycle=cycle).exists():
        return None
    linked: defaultdict[int | None, set[int]] = defaultdict(set)
    in_cycle = Q(key_result__objective__cycle=cycle, metric__in=metrics)
    for metric, position in KeyResultKpi.objects.filter(in_cycle).values_list("metric_id", "position_id").distinct():
        linked[position].add(metric)
    named = KeyResult.objects.filter(objective__cycle=cycle, metric__in=metrics)
    linked[None].update(named.values_list("metric_id", flat=True).distinct())
    return {position: frozenset(found) for position, found in linked.items()}


def key_results_for(employee: Employee, cycle: Cycle) -> QuerySet[KeyResult]:
    """The key results that a KPI of `employee` may serve: their own, their unit's, and those of the units above it."""
    units = OrgUnitClosure.objects.filter(descendant=employee.org_unit_id).values("ancestor")
    return (
        KeyResult.objects.filter(objective__cycle=cycle)
        .filter(Q(objective__employee=employee) | Q(objective__org_unit__in=units))
        .select_related("objective__org_unit", "metric")
        .order_by(
            of_people("objective__").desc(), "-objective__org_unit", "objective__order", "objective", "order", "id"
        )
    )


def objective_score(employee: Employee, cycle: Cycle, today: date | None = None) -> Decimal | None:
    """What a person's objectives bring into the score where `cycle.okr_share` lets them, out of 100.

    Each objective counts the same: the score given at close-out, and until then its progress. None without any.
    """
    return objective_scores([employee.pk], cycle, today).get(employee.pk)


def objective_scores(employees: Sequence[int], cycle: Cycle, today: date | None = None) -> dict[int, Decimal]:
    """As `objective_score` for those of some people who have one, in three statements for any number of them."""
    values: defaultdict[int, list[Decimal]] = defaultdict(list)
    for each in seen_all(in_full(Objective.objects.filter(cycle=cycle, employee__in=employees)), today):
        value = _value(each)
        if value is not None:
            values[each.objective.employee_id or 0].append(value)
    return {
        employee: (sum(known, Decimal()) * 100 / len(known)).quantize(_CENT, ROUND_HALF_UP)
        for employee, known in values.items()
    }


def _value(each: SeenObjective) -> Decimal | None:
    closed = each.objective.state == Objective.State.CLOSED
    score: Decimal | None = each.objective.score
    return score if closed else each.part.progress
