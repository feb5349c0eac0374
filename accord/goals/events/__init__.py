"""Facts that goals announces, by topic."""

from accord.goals.events import check_ins, kpis, workshops

EVENTS = {
    **kpis.EVENTS,
    **check_ins.EVENTS,
    **workshops.EVENTS,
from accord.goals.events import agreements, kpis

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
}
