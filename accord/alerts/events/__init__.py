"""Facts that alerts announces, by topic."""

from accord.alerts.events import alerts

EVENTS = {**alerts.EVENTS}
