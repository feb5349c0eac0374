"""What alerts knows about one person, for them to take along."""

from __future__ import annotations

from typing import Any

from accord.alerts.models import Alert
from accord.domain.periods import Period
from accord.foundation.models import User


def own_data(user: User) -> list[dict[str, Any]]:
    """The alerts about the person's own KPIs, with the numbers they were raised on and what became of them."""
    alerts = Alert.objects.filter(series__employee__user=user).select_related("series__metric").order_by("id")
    return [_told(alert) for alert in alerts]


def _told(alert: Alert) -> dict[str, Any]:
    targets = [target for target in (alert.earlier_target, alert.target) if target is not None]
    return {
        "rule": alert.rule,
        "metric": alert.series.metric.name,
        "periods": [Period(alert.first_period).label, Period(alert.period).label],
        "values": [f"{alert.earlier_value:f}", f"{alert.value:f}"],
        "targets": [f"{target:f}" for target in targets],
        "state": alert.state,
        "only_watched": alert.is_watched,
        "raised_at": alert.raised_at,
        "talked_at": alert.talked_at,
        "closed_at": alert.closed_at,
    }
