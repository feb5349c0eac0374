"""Key results that are measured by a metric follow its values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet

from accord.domain.periods import Frequency, Period
from accord.goals.models import Cycle, KeyResult, Objective
from accord.metrics.models import Measurement, Metric, Series

CHUNK = 500


@transaction.atomic
def follow_all() -> None:
    """Bring every key result of an open objective up to date with its metric; closed ones stay as they were."""
    follow_values(KeyResult.objects.filter(objective__state=Objective.State.OPEN))


def follow_values(results: QuerySet[KeyResult]) -> None:
    """Bring `current` of those among `results` that have a metric to what the metric says, in the caller's transaction.

    The sum of the cycle's periods for a metric that is summed, the newest value for every other. A unit's objective
    reads the unit's own series, and its owner's where the unit has none; a person's reads
    the person's own, whoever reports on it.
    """
    measured = results.filter(metric__isnull=False).select_related(
        "metric", "objective__cycle", "objective__org_unit", "objective__employee"
    )
    groups: defaultdict[tuple[Cycle, Metric], list[KeyResult]] = defaultdict(list)
    for result in measured.order_by("id"):
        if result.metric:
            groups[result.objective.cycle, result.metric].append(result)
    for (cycle, metric), group in groups.items():
        for start in range(0, len(group), CHUNK):
            _follow(cycle, metric, group[start : start + CHUNK])


def _follow(cycle: Cycle, metric: Metric, results: Sequence[KeyResult]) -> None:
    wanted = {result.pk: _subjects(result) for result in results}
    subjects = {subject for several in wanted.values() for subject in several}
    values = _values(metric, subjects, cycle)
    changed = []
    for result in results:
        found = next((values[subject] for subject in wanted[result.pk] if subject in values), None)
        if found != result.current:
            result.current = found
            changed.append(result)
    KeyResult.objects.bulk_update(changed, ["current"], batch_size=CHUNK)


def _subjects(result: KeyResult) -> list[int]:
    """Whose series to look at, the first that has values: a unit's key with a minus before it, or an employee's."""
    objective = result.objective
    if objective.employee_id:
        return [objective.employee_id]
    wanted = [-objective.org_unit_id if objective.org_unit_id else None, result.owner_id or objective.owner_id]
    return [subject for subject in wanted if subject is not None]


def _values(metric: Metric, subjects: set[int], cycle: Cycle) -> dict[int, Decimal]:
    """What the metric says of each subject that has a value in the cycle."""
    employees = [subject for subject in subjects if subject > 0]
    units = [-subject for subject in subjects if subject < 0]
    series = {each.pk: each.employee_id or -(each.org_unit_id or 0) for each in _series(metric, employees, units)}
    rows = Measurement.objects.filter(period__in=_periods(cycle, metric), series__in=series).order_by("period")
    found: dict[int, Decimal] = {}
    for series_id, value in rows.values_list("series_id", "value"):
        subject = series[series_id]
        before = found.get(subject, Decimal()) if metric.aggregation == Metric.Aggregation.SUM else Decimal()
        found[subject] = before + value
    return found


def _series(metric: Metric, employees: list[int], units: list[int]) -> list[Series]:
    of_metric = Series.objects.filter(metric=metric)
    return [*of_metric.filter(employee__in=employees), *of_metric.filter(org_unit__in=units)]


def _periods(cycle: Cycle, metric: Metric) -> list[int]:
    """The periods that end within the cycle."""
    frequency = Frequency(metric.frequency)
    first, last = Period.of(cycle.starts_on, frequency), Period.of(cycle.ends_on, frequency)
    return [key for key in range(first.key, last.key + 1) if Period(key).end <= cycle.ends_on]
