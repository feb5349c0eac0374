"""The values of the units right below a unit, and of the people in it, beside what they are compared with."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Literal

from django.db.models import QuerySet
from django.utils.module_loading import import_string

from accord.domain.periods import Period
from accord.foundation.registry import table
from accord.metrics.models import Measurement, Series
from accord.people.models import Employee, OrgUnitClosure

Pair = tuple[Decimal, Decimal]
"""What a value is compared with, and the value."""
Subjects = dict[int, dict[int, Pair]]
"""By the key of the unit or person, and of the metric."""
Against = Literal["target", "before"]


def units_below(
    unit: int, metrics: Collection[int], period: Period, against: Against, own: Mapping[tuple[int, int], Decimal]
) -> Subjects:
    """The units right below one. `own` are targets by unit and metric that go before those known elsewhere."""
    series = Series.objects.filter(metric__in=metrics, org_unit__parent=unit)
    found = _pairs(series, "org_unit_id", period, against)
    if against == "target":
        for below, values in found.items():
            values.update((metric, (own.get((below, metric), base), value)) for metric, (base, value) in values.items())
    return found


def people_below(unit: int, metrics: Collection[int], period: Period, against: Against) -> Subjects:
    """The people in a unit and in all units below it, without those to whom another of them reports: the number of
    somebody who leads others is that of those they lead.
    """
    inside = OrgUnitClosure.objects.filter(ancestor=unit).values("descendant_id")
    series = Series.objects.filter(metric__in=metrics, employee__org_unit__in=inside)
    found = _pairs(series, "employee_id", period, against)
    reports = Employee.objects.filter(pk__in=series.values("employee_id"), manager__isnull=False)
    for employee, manager in reports.values_list("pk", "manager_id"):
        if employee in found and manager is not None:
            found.pop(manager, None)
    return found


def unit_itself(unit: int, metrics: Collection[int], period: Period, against: Against) -> dict[int, Pair]:
    """The values of one unit by metric."""
    series = Series.objects.filter(metric__in=metrics, org_unit=unit)
    return _pairs(series, "org_unit_id", period, against).get(unit, {})


def _pairs(series: QuerySet[Series], subject: str, period: Period, against: Against) -> Subjects:
    """Those with a value and something to compare it with."""
    after = _values(series, period.key)
    before = _targets(series, period.key) if against == "target" else _values(series, period.key - 1)
    found: Subjects = {}
    for key, whose, metric in series.values_list("pk", subject, "metric_id"):
        if key in after and key in before:
            found.setdefault(whose, {})[metric] = before[key], after[key]
    return found


def _values(series: QuerySet[Series], period: int) -> dict[int, Decimal]:
    rows = Measurement.objects.filter(period=period, series__in=series)
    return dict(rows.values_list("series_id", "value"))


def _targets(series: QuerySet[Series], period: int) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for name in table("ACCORD_SERIES_TARGETS"):
        found |= import_string(name)(series, period)
    return found
