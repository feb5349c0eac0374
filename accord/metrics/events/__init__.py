"""Facts that metrics announces, by topic."""

from accord.metrics.events import driver_trees, library, retention

EVENTS = {**library.EVENTS, **retention.EVENTS, **driver_trees.EVENTS}
from accord.metrics.events import connections, library, sync

EVENTS = {**library.EVENTS, **connections.EVENTS, **sync.EVENTS}
