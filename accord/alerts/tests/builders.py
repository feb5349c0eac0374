"""KPIs with targets and values, made in a line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import count

from accord.domain.periods import Period
from accord.domain.status import light_bounds
from accord.goals.models import Cycle, Kpi, KpiTarget
from accord.metrics.models import Batch, Measurement, Metric, Series, Source
from accord.people.models import Employee, OrgUnit

Number = int | str | Decimal

_numbers = count(1)


def week(number: int, year: int = 2026) -> Period:
    """An ISO week."""
    return Period.parse(f"{year}-W{number:02d}")


def after(period: Period) -> date:
    """A day on which `period` is over."""
    return (period + 1).start


def kpi(
    subject: Employee | OrgUnit,
    target: Number = 100,
    *,
    first: int | None = None,
    last: int | None = None,
    **metric: object,
) -> Kpi:
    """A KPI of a person or unit on a metric of its own, with a target from `first` to `last` (period keys)."""
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    cycle, _ = Cycle.objects.get_or_create(name="2026", defaults=days)
    made = Metric.objects.create(**{"name": f"指标{next(_numbers)}", **metric})
    who = {"employee": subject} if isinstance(subject, Employee) else {"org_unit": subject}
    series = Series.objects.create(metric=made, **who)
    one = Kpi.objects.create(cycle=cycle, series=series, weight=Decimal(1))
    aim(one, target, first=first, last=last)
    return one


def aim(one: Kpi, target: Number, *, first: int | None = None, last: int | None = None) -> KpiTarget:
    """Set the target of a KPI, in place of all it had between `first` and `last`."""
    frequency = one.series.metric.frequency
    first = frequency * 1_000_000 if first is None else first
    last = frequency * 1_000_000 + 999_999 if last is None else last
    one.targets.filter(from_period__gte=first, to_period__lte=last).delete()
    lower = one.series.metric.direction == Metric.Direction.DOWN
    green, yellow = light_bounds(Decimal(target), lower)
    return KpiTarget.objects.create(
        kpi=one,
        series=one.series,
        lower_is_better=lower,
        from_period=first,
        to_period=last,
        target=Decimal(target),
        green_from=green,
        yellow_from=yellow,
    )


def batch(source: str = "CRM") -> Batch:
    """A delivery of values."""
    return Batch.objects.create(source=Source.objects.get_or_create(name=source)[0], file_name="values.csv")


def measure(one: Kpi, values: Mapping[Period, Number | None]) -> None:
    """Record or correct values of a KPI; None takes a value away. Nobody is told: evaluate afterwards."""
    delivery = batch()
    for period, value in values.items():
        Measurement.objects.filter(period=period.key, series=one.series).delete()
        if value is not None:
            Measurement.objects.create(
                period=period.key, series=one.series, value=Decimal(value), batch=delivery, row=2
            )
