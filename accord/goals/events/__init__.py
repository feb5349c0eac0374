"""Facts that goals announces, by topic."""

from accord.goals.events import fit, kpis

EVENTS = {
    **fit.EVENTS,
    **kpis.EVENTS,
}
