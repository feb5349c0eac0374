"""Facts that metrics announces, by topic."""

from accord.metrics.events import connections, library

EVENTS = {**library.EVENTS, **connections.EVENTS}
from accord.metrics.events import library, sync

EVENTS = {**library.EVENTS, **sync.EVENTS}
