"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, check_ins, kpis, workshops

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **workshops.EVENTS,
    **check_ins.EVENTS,
}
