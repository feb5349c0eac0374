"""What people reached before: the ground for shares, rates and seasons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import BigIntegerField, Count, Max, QuerySet, Sum

from accord.domain.decomposition.bases import Before
from accord.domain.decomposition.schedules import a_year_before, ending_within, just_before
from accord.domain.numbers import from_micro
from accord.domain.periods import Frequency
from accord.goals.models import Cycle
from accord.metrics.models import Freshness, Measurement, Metric
from accord.people.models import OrgUnit, OrgUnitClosure

Reached = Mapping[tuple[int, int], Decimal]
"""By metric and employee."""


def periods_before(cycle: Cycle, metrics: Sequence[Metric], before: Before) -> dict[int, range]:
    """The periods that say what was reached before, as many as the cycle has, by metric.

    Where values do not reach up to the cycle yet, those before are the last ones that have any.
    """
    until: dict[int, int] = {}
    if before == Before.LAST_PERIOD:
        newest = Freshness.objects.filter(metric__in=metrics).values_list("metric").annotate(newest=Max("period"))
        until = dict(newest.order_by("metric"))
    found = {}
    for metric in metrics:
        frequency = Frequency(metric.frequency)
        periods = ending_within(cycle.starts_on, cycle.ends_on, frequency)
        if before == Before.LAST_YEAR:
            found[metric.pk] = a_year_before(periods, frequency)
            continue
        late = max(0, periods.start - 1 - until.get(metric.pk, periods.start))
        found[metric.pk] = just_before(range(periods.start - late, periods.stop - late))
    return found


def reached(metrics: Sequence[Metric], root: OrgUnit, periods: Mapping[int, range]) -> Reached:
    """What everybody below `root` reached in the periods of each metric: a sum, or the mean of one that has no sum."""
    found: dict[tuple[int, int], Decimal] = {}
    for metric in metrics:
        rows = _values(metric, root, periods[metric.pk]).values_list("series__employee")
        for employee, total, many in rows.annotate(total=_total(), many=Count("value")).order_by("series__employee"):
            found[metric.pk, employee] = _level(metric, total, many)
    return found


def by_period(metric: Metric, root: OrgUnit, periods: range) -> dict[int, Decimal]:
    """What all below `root` reached together, period by period."""
    rows = _values(metric, root, periods).values_list("period").annotate(total=_total()).order_by("period")
    return {period: from_micro(int(total)) for period, total in rows}


def mean_of(metric: Metric, before: Reached, people: Collection[int]) -> Decimal | None:
    """The plain mean of what some people reached, to the metric's decimals; None where none of them has a value."""
    values = [value for (pk, person), value in before.items() if pk == metric.pk and person in people]
    if not values:
        return None
    mean = sum(values, Decimal(0)) / len(values)
    return mean.quantize(Decimal(1).scaleb(-metric.decimals), ROUND_HALF_UP)


def _values(metric: Metric, root: OrgUnit, periods: range) -> QuerySet[Measurement]:
    tree = OrgUnitClosure.objects.filter(ancestor=root).values("descendant_id")
    return Measurement.objects.filter(
        period__gte=periods.start,
        period__lt=periods.stop,
        series__metric=metric,
        series__employee__org_unit__in=tree,
    )


def _total() -> Sum:
    """Millionths, added up as the whole numbers they are."""
    return Sum("value", output_field=BigIntegerField())


def _level(metric: Metric, total: int, many: int) -> Decimal:
    whole = from_micro(int(total))
    return whole if metric.aggregation == Metric.Aggregation.SUM else whole / many
