"""Facts that metrics announces, by topic."""

from accord.metrics.events import connections, library, sync

EVENTS = {**library.EVENTS, **connections.EVENTS, **sync.EVENTS}
