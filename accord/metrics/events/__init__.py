"""Facts that metrics announces, by topic."""

from accord.metrics.events import library

EVENTS = {**library.EVENTS}
