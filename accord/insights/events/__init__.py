"""Facts that insights announces, by topic."""

from collections.abc import Mapping

from accord.foundation.events import EventKind
from accord.insights.events.boards import BOARDS

EVENTS: Mapping[str, EventKind] = {**BOARDS}
