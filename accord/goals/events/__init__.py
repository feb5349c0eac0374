"""Facts that goals announces, by topic."""

from accord.goals.events import fit, kpis, position_map
from accord.goals.events import check_ins, kpis

EVENTS = {
    **position_map.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
    **check_ins.EVENTS,
}
