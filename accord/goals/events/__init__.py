"""Facts that goals announces, by topic."""

from accord.goals.events import fit, kpis, position_map

EVENTS = {
    **position_map.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
}
