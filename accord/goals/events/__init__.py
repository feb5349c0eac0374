"""Facts that goals announces, by topic."""

from accord.goals.events import agreements, check_ins, fit, kpis, objectives, position_map, scorecards

EVENTS = {
    **position_map.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
    **agreements.EVENTS,
    **objectives.EVENTS,
    **scorecards.EVENTS,
    **check_ins.EVENTS,
}
