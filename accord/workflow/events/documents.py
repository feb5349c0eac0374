"""Facts about documents."""

from collections.abc import Mapping

from accord.foundation.events import EventKind

EVENTS: Mapping[str, EventKind] = {}
