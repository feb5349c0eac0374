"""Writing what the fold found: alerts that are new, open again, cleared or withdrawn, with the numbers they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from accord.alerts.models import Alert, KpiStatus
from accord.domain.alert_rules import Standing, State

_EVIDENCE = ("kpi", "value", "target", "earlier_value", "earlier_target")
_COURSE = ("state", "closed_period", "closed_at", "reason", "reason_before", "reason_after", "raised_at")

Wanted = Mapping[int, Sequence[Standing]]
Statuses = Mapping[tuple[int, int], KpiStatus]
"""By (series, period)."""


@dataclass(frozen=True)
class AlertChanges:
    """The keys of the alerts that changed. One that is over when first heard of is both raised and cleared."""

    raised: Sequence[int] = field(default_factory=list)
    cleared: Sequence[int] = field(default_factory=list)
    withdrawn: Sequence[int] = field(default_factory=list)

    def __add__(self, other: AlertChanges) -> AlertChanges:
        return AlertChanges(
            [*self.raised, *other.raised], [*self.cleared, *other.cleared], [*self.withdrawn, *other.withdrawn]
        )


def write_changes(wanted: Wanted) -> AlertChanges:
    """Make the alerts of some series what they should be, given only those that change. In the caller's transaction."""
    now = timezone.now()
    statuses = _statuses(wanted)
    existing = {(alert.series_id, alert.period): alert for alert in Alert.objects.filter(series_id__in=wanted)}
    changed, raised = [], set()
    for series_id, standing in ((one, alert) for one, alerts in wanted.items() for alert in alerts):
        alert = existing.get((series_id, standing.period)) or Alert(series_id=series_id, period=standing.period)
        was = Alert.State(alert.state) if alert.pk else Alert.State.WITHDRAWN
        _follow(alert, standing, statuses, now)
        if _is_raised(was, standing):
            _rest_on(alert, statuses)
            alert.raised_at = now
            raised.add((series_id, standing.period))
        changed.append(alert)
    _save(changed)
    return _sorted_out(changed, raised)


def _is_raised(was: str, standing: Standing) -> bool:
    """Whether an alert that `was` in some state (withdrawn: was not there at all) is raised by what it becomes."""
    if standing.state is State.OPEN:
        return was != Alert.State.OPEN
    return standing.state is State.CLEARED and was == Alert.State.WITHDRAWN


def _follow(alert: Alert, standing: Standing, statuses: Statuses, now: datetime) -> None:
    alert.state = Alert.State(standing.state)
    alert.closed_period = standing.cleared
    alert.closed_at = None if standing.state is State.OPEN else now
    alert.reason, alert.reason_before, alert.reason_after = "", None, None
    if standing.state is State.WITHDRAWN:
        _explain(alert, statuses)


def _explain(alert: Alert, statuses: Statuses) -> None:
    """Say which number of which period went from what to what, so that the alert is no longer true."""
    pairs = (
        (alert.period, alert.value, alert.target),
        (alert.period - 1, alert.earlier_value, alert.earlier_target),
    )
    for period, value, target in pairs:
        status = statuses.get((alert.series_id, period))
        if status is not None and status.missed:
            continue
        alert.closed_period = period
        alert.reason, alert.reason_before, alert.reason_after = _difference(status, value, target)
        return


def _difference(
    status: KpiStatus | None, value: Decimal, target: Decimal
) -> tuple[Alert.Reason, Decimal | None, Decimal | None]:
    if status is None:
        return Alert.Reason.GONE, value, None
    if status.value != value:
        return Alert.Reason.VALUE, value, status.value
    return Alert.Reason.TARGET, target, status.target


def _rest_on(alert: Alert, statuses: Statuses) -> None:
    status = statuses[alert.series_id, alert.period]
    earlier = statuses[alert.series_id, alert.period - 1]
    alert.kpi_id = status.kpi_id
    alert.value, alert.target = status.value, status.target
    alert.earlier_value, alert.earlier_target = earlier.value, earlier.target


def _save(alerts: Sequence[Alert]) -> None:
    """Those that end first: a series never has two open alerts, not even for a moment."""
    known = [alert for alert in alerts if alert.pk]
    ending = [alert for alert in known if alert.state != Alert.State.OPEN]
    opening = [alert for alert in known if alert.state == Alert.State.OPEN]
    for group in (ending, opening):
        Alert.objects.bulk_update(group, [*_EVIDENCE, *_COURSE], batch_size=500)
    Alert.objects.bulk_create([alert for alert in alerts if not alert.pk])


def _sorted_out(alerts: Sequence[Alert], raised: set[tuple[int, int]]) -> AlertChanges:
    by_state = {state: [alert.pk for alert in alerts if alert.state == state] for state in Alert.State}
    return AlertChanges(
        raised=[alert.pk for alert in alerts if (alert.series_id, alert.period) in raised],
        cleared=by_state[Alert.State.CLEARED],
        withdrawn=by_state[Alert.State.WITHDRAWN],
    )


def _statuses(wanted: Wanted) -> Statuses:
    """The judgements that the changed alerts rest on, by key."""
    periods = {alert.period - step for alerts in wanted.values() for alert in alerts for step in (0, 1)}
    rows = KpiStatus.objects.filter(period__in=periods, series_id__in=wanted)
    return {(row.series_id, row.period): row for row in rows}
