"""KPIs to check in about."""

from datetime import date
from decimal import Decimal
from itertools import count

from accord.domain.status import light_bounds
from accord.goals.models import Cycle, Kpi, KpiTarget
from accord.goals.periods import always, forever
from accord.metrics.models import Metric, Series
from accord.people.models import Employee

_numbers = count(1)


def kpi(employee: Employee, weight: str = "0.5", **metric: object) -> Kpi:
    """A KPI of somebody in the cycle of 2026, with a target that always holds."""
    days = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    cycle, _ = Cycle.objects.get_or_create(name="2026", defaults=days)
    made = Metric.objects.create(**{"name": f"指标{next(_numbers)}", **metric})
    series = Series.objects.create(metric=made, employee=employee)
    one = Kpi.objects.create(cycle=cycle, series=series, weight=Decimal(weight))
    green, yellow = light_bounds(Decimal(100), False)
    KpiTarget.objects.create(
        kpi=one,
        series=series,
        lower_is_better=False,
        from_period=always(made.frequency),
        to_period=forever(made.frequency),
        target=Decimal(100),
        green_from=green,
        yellow_from=yellow,
    )
    return one
