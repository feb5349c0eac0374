"""Facts that goals announces, by topic."""

from accord.goals.events import kpis, objectives

EVENTS = {
    **kpis.EVENTS,
    **objectives.EVENTS,
}
