"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, decomposition, kpis

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **decomposition.EVENTS,
}
