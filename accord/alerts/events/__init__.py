"""Facts that alerts announces, by topic."""

from accord.alerts.events import alerts, rules

EVENTS = {**alerts.EVENTS, **rules.EVENTS}
