"""Facts that goals announces, by topic."""

from accord.goals.events import kpis

EVENTS = {
    **kpis.EVENTS,
}
