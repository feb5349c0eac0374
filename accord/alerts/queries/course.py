"""One alert with what it rests on, and what became of its series since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accord.alerts.models import Alert, KpiStatus, Rule
from accord.alerts.queries.periods import newest_judged
from accord.alerts.queries.rules import Tried, chance_of
from accord.domain.periods import Period
from accord.domain.status import light_bounds
from accord.domain.trend import false_alarm_rate
from accord.foundation.components.charts import Trend
from accord.foundation.components.signs import light_code
from accord.foundation.models import Event
from accord.metrics.models import Measurement, Metric

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
class Descent:
    """A falling trend as it was when the alert was raised: from the last period before it to the one of the alert."""

    first: Period
    last: Period
    before: Decimal
    after: Decimal

    @property
    def declines(self) -> int:
        return self.last.key - self.first.key

    @property
    def by(self) -> Decimal:
        return abs(self.after - self.before)

    @property
    def percent_by_chance(self) -> float:
        """How often, at most, so many declines in a row come about by chance, in percent."""
        return float(100 * false_alarm_rate(self.declines))


@dataclass(frozen=True)
class Moment:
    """Something that happened to an alert: the name of the fact, and when."""

    name: str
    at: datetime


@dataclass(frozen=True)
class Course:
    """Everything the page of an alert shows. `chance` says how often two misses come about by chance alone."""

    alert: Alert
    misses: Sequence[Miss]
    descent: Descent | None
    chance: Tried | None
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
    is_fall = alert.rule == Rule.FALLING
    return Course(
        alert,
        misses=misses_of(alert),
        descent=descent_of(alert) if is_fall else None,
        chance=None if is_fall else chance_of(alert),
        trend=_trend(alert),
        moments=[Moment(name, at) for name, at in facts],
    )


def misses_of(alert: Alert) -> list[Miss]:
    """The two misses that an alert was raised on, the earlier one first; none for a falling trend."""
    if alert.target is None or alert.earlier_target is None:
        return []
    period = Period(alert.period)
    return [
        Miss(period - 1, alert.earlier_value, alert.earlier_target),
        Miss(period, alert.value, alert.target),
    ]


def descent_of(alert: Alert) -> Descent:
    """The fall that an alert of a falling trend was raised on."""
    return Descent(Period(alert.first_period), Period(alert.period), alert.earlier_value, alert.value)


def _trend(alert: Alert) -> Trend:
    metric = alert.series.metric
    newest = newest_judged(Period(alert.period).frequency)
    last = min(alert.period + _AFTER, newest.key if newest else alert.period)
    periods = [Period(key) for key in range(last - SHOWN + 1, last + 1)]
    rows = KpiStatus.objects.filter(period__in=[period.key for period in periods], series=alert.series_id)
    by_period = {row.period: row for row in rows}
    statuses = [by_period.get(period.key) for period in periods]
    values = _values(alert, periods) if alert.rule == Rule.FALLING else {row.period: row.value for row in rows}
    lower = metric.direction == metric.Direction.DOWN
    edges = [sorted(light_bounds(row.target, lower)) if row else None for row in statuses]
    return Trend(
        periods=[period.label for period in periods],
        name=_("Value"),
        values=[float(values[period.key]) if period.key in values else None for period in periods],
        lights=[light_code(row.light if row else None) for row in statuses],
        target_name=_("Target"),
        target=[float(row.target) if row else None for row in statuses] if rows else [],
        band_name=_("At risk"),
        band_lower=[float(edge[0]) if edge else None for edge in edges] if rows else [],
        band_upper=[float(edge[1]) if edge else None for edge in edges] if rows else [],
        unit=metric.unit,
        decimals=metric.decimals,
    )


def _values(alert: Alert, periods: Sequence[Period]) -> dict[int, Decimal]:
    """The values as measured: a falling trend needs no target, so there may be no judgement to read them from."""
    found = Measurement.objects.filter(series=alert.series_id, period__in=[period.key for period in periods])
    return dict(found.values_list("period", "value"))
