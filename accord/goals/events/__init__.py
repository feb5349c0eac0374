"""Facts that goals announces, by topic."""

from accord.goals.events import check_ins, fit, kpis, position_map

EVENTS = {
    **position_map.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
    **check_ins.EVENTS,
}
