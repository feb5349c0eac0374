"""Facts that metrics announces, by topic."""

from accord.metrics.events import library, retention

EVENTS = {**library.EVENTS, **retention.EVENTS}
