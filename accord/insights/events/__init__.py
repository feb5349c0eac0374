"""Facts that insights announces, by topic."""

from collections.abc import Mapping

from accord.foundation.events import EventKind
from accord.insights.events.boards import BOARDS

EVENTS: Mapping[str, EventKind] = {**BOARDS}
from accord.insights.events import weekly_reports

EVENTS: Mapping[str, EventKind] = {**weekly_reports.EVENTS}
