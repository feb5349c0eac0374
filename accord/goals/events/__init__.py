"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, kpis

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
}
