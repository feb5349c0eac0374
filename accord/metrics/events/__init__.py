"""Facts that metrics announces, by topic."""

from accord.metrics.events import connections, driver_trees, library, retention, sync

EVENTS = {**library.EVENTS, **connections.EVENTS, **sync.EVENTS, **driver_trees.EVENTS, **retention.EVENTS}
