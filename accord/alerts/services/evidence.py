"""The numbers that alerts rest on, as they were read when a fold was written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from accord.alerts.models import Alert, KpiStatus
from accord.alerts.services.writing import Wanted
from accord.domain.alert_rules import fall_at

Statuses = Mapping[tuple[int, int], KpiStatus]
"""By (series, period)."""

Values = Mapping[int, Mapping[int, Decimal]]
"""By series and period."""


@dataclass(frozen=True)
class MissEvidence:
    """Two judgements: of the period of an alert, and of the one before it."""

    statuses: Statuses

    @classmethod
    def of(cls, wanted: Wanted) -> MissEvidence:
        return cls(statuses_of(wanted, back=1))

    def rest(self, alert: Alert) -> None:
        status = self.statuses[alert.series_id, alert.period]
        earlier = self.statuses[alert.series_id, alert.period - 1]
        alert.kpi_id = status.kpi_id
        alert.value, alert.target = status.value, status.target
        alert.earlier_value, alert.earlier_target = earlier.value, earlier.target

    def explain(self, alert: Alert) -> None:
        pairs = (
            (alert.period, alert.value, alert.target),
            (alert.period - 1, alert.earlier_value, alert.earlier_target),
        )
        for period, value, target in pairs:
            status = self.statuses.get((alert.series_id, period))
            if status is None or not status.missed:
                alert.closed_period = period
                _tell_apart(alert, status, value, target)
                return


@dataclass(frozen=True)
class FallEvidence:
    """The values of a fall, and the targets where a KPI had one."""

    values: Values
    lower_is_better: Mapping[int, bool]
    statuses: Statuses

    def rest(self, alert: Alert) -> None:
        values = self.values[alert.series_id]
        fall = fall_at(values, alert.period, self.lower_is_better[alert.series_id])
        if fall is None:
            raise ValueError(f"no fall at {alert.period}")
        status = self.statuses.get((alert.series_id, alert.period))
        alert.since = fall.since
        alert.value, alert.earlier_value = values[alert.period], values[fall.since]
        alert.kpi_id, alert.target = (status.kpi_id, status.target) if status else (None, None)

    def explain(self, alert: Alert) -> None:
        values = self.values.get(alert.series_id, {})
        alert.reason, alert.closed_period = Alert.Reason.TREND, alert.period
        for period, value in ((alert.period, alert.value), (alert.first_period, alert.earlier_value)):
            now = values.get(period)
            if now != value:
                alert.reason = Alert.Reason.GONE if now is None else Alert.Reason.VALUE
                alert.closed_period, alert.reason_before, alert.reason_after = period, value, now
                return


def statuses_of(wanted: Wanted, back: int = 0) -> Statuses:
    """The judgements of the periods of the changed alerts and of some before each, by key."""
    periods = {alert.period - step for alerts in wanted.values() for alert in alerts for step in range(back + 1)}
    rows = KpiStatus.objects.filter(period__in=periods, series_id__in=wanted)
    return {(row.series_id, row.period): row for row in rows}


def _tell_apart(alert: Alert, status: KpiStatus | None, value: Decimal, target: Decimal | None) -> None:
    """Say which number of which period went from what to what, so that two misses are no longer true."""
    if status is None:
        alert.reason, alert.reason_before = Alert.Reason.GONE, value
    elif status.value != value:
        alert.reason, alert.reason_before, alert.reason_after = Alert.Reason.VALUE, value, status.value
    else:
        alert.reason, alert.reason_before, alert.reason_after = Alert.Reason.TARGET, target, status.target
