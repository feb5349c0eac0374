"""Facts that insights announces, by topic."""

from collections.abc import Mapping

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {}
