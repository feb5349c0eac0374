"""Facts that goals announces, by topic."""

from accord.goals.events import kpis, objectives, scorecards

EVENTS = {
    **kpis.EVENTS,
    **objectives.EVENTS,
    **scorecards.EVENTS,
}
