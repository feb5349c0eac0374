"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, calibrations, kpis, objectives

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **calibrations.EVENTS,
    **objectives.EVENTS,
}
