"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, check_ins, kpis, objectives, workshops

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **objectives.EVENTS,
    **workshops.EVENTS,
    **check_ins.EVENTS,
}
