"""Facts that metrics announces, by topic."""

from accord.metrics.events import driver_trees, library

EVENTS = {**library.EVENTS, **driver_trees.EVENTS}
