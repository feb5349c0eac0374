"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, decomposition, kpis, objectives

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **decomposition.EVENTS,
    **objectives.EVENTS,
}
