"""One alert with what it rests on, and what became of its series since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accord.alerts.models import Alert, KpiStatus
from accord.alerts.queries.periods import newest_judged
from accord.domain.periods import Period
from accord.domain.status import light_bounds
from accord.foundation.components.charts import Trend
from accord.foundation.components.signs import light_code
from accord.foundation.models import Event
from accord.metrics.models import Metric

SHOWN = 13
# As much of what came after an alert is shown as leaves room for its two periods and the one before them.
_AFTER = SHOWN - 3


@dataclass(frozen=True)
class Miss:
    """A period that missed its target, as it was when the alert was raised. `gap` is always positive."""

    period: Period
    value: Decimal
    target: Decimal

    @property
    def gap(self) -> Decimal:
        return abs(self.target - self.value)


@dataclass(frozen=True)
class Moment:
    """Something that happened to an alert: the name of the fact, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Course:
    """Everything the page of an alert shows."""

    alert: Alert
    misses: Sequence[Miss]
    trend: Trend
    moments: Sequence[Moment]

    @property
    def metric(self) -> Metric:
        return self.alert.series.metric

    @property
    def closed_period(self) -> Period | None:
        return Period(self.alert.closed_period) if self.alert.closed_period else None

    @property
    def good_before(self) -> Period | None:
        """The first of the two good periods by which the alert cleared."""
        return self.closed_period - 1 if self.closed_period else None


def course_of(alert: Alert) -> Course:
    """The course of `alert`: thirteen periods around it, and its facts, oldest first."""
    facts = Event.objects.filter(subject=f"alerts:{alert.pk}").order_by("id").values_list("name", "at")
    return Course(alert, misses_of(alert), _trend(alert), [Moment(name, at) for name, at in facts])


def misses_of(alert: Alert) -> list[Miss]:
    """The two misses that an alert was raised on, the earlier one first."""
    period = Period(alert.period)
    return [
        Miss(period - 1, alert.earlier_value, alert.earlier_target),
        Miss(period, alert.value, alert.target),
    ]


def _trend(alert: Alert) -> Trend:
    metric = alert.series.metric
    newest = newest_judged(Period(alert.period).frequency)
    last = min(alert.period + _AFTER, newest.key if newest else alert.period)
    periods = [Period(key) for key in range(last - SHOWN + 1, last + 1)]
    rows = KpiStatus.objects.filter(period__in=[period.key for period in periods], series=alert.series_id)
    by_period = {row.period: row for row in rows}
    statuses = [by_period.get(period.key) for period in periods]
    lower = metric.direction == metric.Direction.DOWN
    edges = [sorted(light_bounds(row.target, lower)) if row else None for row in statuses]
    return Trend(
        periods=[period.label for period in periods],
        name=_("Value"),
        values=[float(row.value) if row else None for row in statuses],
        lights=[light_code(row.light if row else None) for row in statuses],
        target_name=_("Target"),
        target=[float(row.target) if row else None for row in statuses],
        band_name=_("At risk"),
        band_lower=[float(edge[0]) if edge else None for edge in edges],
        band_upper=[float(edge[1]) if edge else None for edge in edges],
        unit=metric.unit,
        decimals=metric.decimals,
    )
