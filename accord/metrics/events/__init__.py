"""Facts that metrics announces, by topic."""

from accord.metrics.events import driver_trees, library, retention

EVENTS = {**library.EVENTS, **retention.EVENTS, **driver_trees.EVENTS}
