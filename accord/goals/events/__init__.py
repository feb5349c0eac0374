"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, calibrations, kpis

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **calibrations.EVENTS,
}
