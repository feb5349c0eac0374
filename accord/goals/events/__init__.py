"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, kpis, objectives

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **objectives.EVENTS,
}
