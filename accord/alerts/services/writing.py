"""Writing what a fold found: alerts that are new, open again, cleared or withdrawn, with the numbers they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.utils import timezone

from accord.alerts.models import Alert, Rule
from accord.domain.alert_rules import Standing, State

_EVIDENCE = ("kpi", "value", "target", "since", "earlier_value", "earlier_target")
_COURSE = ("state", "closed_period", "closed_at", "reason", "reason_before", "reason_after", "raised_at")
_TELLING = ("is_watched", "told_on", "talked_at")

Wanted = Mapping[int, Sequence[Standing]]


class Evidence(Protocol):
    """The numbers that the alerts of a rule rest on."""

    def rest(self, alert: Alert) -> None:
        """Note on an alert that is raised what it rests on."""

    def explain(self, alert: Alert) -> None:
        """Say on an alert that is withdrawn which number of which period went from what to what."""


@dataclass(frozen=True)
class AlertChanges:
    """The keys of the alerts that changed. One that is over when first heard of is both raised and cleared.

    `watched` are those of the raised ones that their managers are not told of.
    """

    raised: Sequence[int] = field(default_factory=list)
    cleared: Sequence[int] = field(default_factory=list)
    withdrawn: Sequence[int] = field(default_factory=list)
    watched: Sequence[int] = field(default_factory=list)

    def __add__(self, other: AlertChanges) -> AlertChanges:
        return AlertChanges(
            [*self.raised, *other.raised],
            [*self.cleared, *other.cleared],
            [*self.withdrawn, *other.withdrawn],
            [*self.watched, *other.watched],
        )

    def facts(self) -> Sequence[tuple[str, Sequence[int]]]:
        """What to announce, in the order in which it came about."""
        watched = set(self.watched)
        told = [key for key in self.raised if key not in watched]
        return (
            ("raised", told),
            ("watched", self.watched),
            ("cleared", self.cleared),
            ("withdrawn", self.withdrawn),
        )


def write_changes(rule: Rule, wanted: Wanted, evidence: Evidence) -> AlertChanges:
    """Make the alerts of a rule about some series what they should be, given only those that change.

    Runs in the caller's transaction.
    """
    now = timezone.now()
    found = Alert.objects.filter(rule=rule, series_id__in=wanted)
    existing = {(alert.series_id, alert.period): alert for alert in found}
    changed, raised = [], set()
    for series_id, standing in ((one, alert) for one, alerts in wanted.items() for alert in alerts):
        key = (series_id, standing.period)
        alert = existing.get(key) or Alert(rule=rule, series_id=series_id, period=standing.period)
        was = Alert.State(alert.state) if alert.pk else Alert.State.WITHDRAWN
        _follow(alert, standing, now)
        if standing.state is State.WITHDRAWN:
            evidence.explain(alert)
        elif _is_raised(was, standing):
            evidence.rest(alert)
            _begin(alert, was, now)
            raised.add(key)
        changed.append(alert)
    _save(changed)
    return _sorted_out(changed, raised)


def _is_raised(was: str, standing: Standing) -> bool:
    """Whether an alert that `was` in some state (withdrawn: was not there at all) is raised by what it becomes."""
    if standing.state is State.OPEN:
        return was != Alert.State.OPEN
    return standing.state is State.CLEARED and was == Alert.State.WITHDRAWN


def _follow(alert: Alert, standing: Standing, now: datetime) -> None:
    alert.state = Alert.State(standing.state)
    alert.closed_period = standing.cleared
    alert.closed_at = None if standing.state is State.OPEN else now
    alert.reason, alert.reason_before, alert.reason_after = "", None, None


def _begin(alert: Alert, was: str, now: datetime) -> None:
    """One that had recovered goes on as it was, told or watched; one that was not true begins anew."""
    alert.raised_at = now
    if was == Alert.State.WITHDRAWN:
        alert.is_watched, alert.told_on, alert.talked_at = False, None, None


def _save(alerts: Sequence[Alert]) -> None:
    """Those that end first: a series never has two open alerts of a rule, not even for a moment."""
    known = [alert for alert in alerts if alert.pk]
    ending = [alert for alert in known if alert.state != Alert.State.OPEN]
    opening = [alert for alert in known if alert.state == Alert.State.OPEN]
    for group in (ending, opening):
        Alert.objects.bulk_update(group, [*_EVIDENCE, *_COURSE, *_TELLING], batch_size=500)
    Alert.objects.bulk_create([alert for alert in alerts if not alert.pk])


def _sorted_out(alerts: Sequence[Alert], raised: set[tuple[int, int]]) -> AlertChanges:
    by_state = {state: [alert.pk for alert in alerts if alert.state == state] for state in Alert.State}
    return AlertChanges(
        raised=[alert.pk for alert in alerts if (alert.series_id, alert.period) in raised],
        cleared=by_state[Alert.State.CLEARED],
        withdrawn=by_state[Alert.State.WITHDRAWN],
    )
