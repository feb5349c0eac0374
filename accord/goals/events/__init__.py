"""Facts that goals announces, by topic."""

from accord.goals.events import (
    agreements,
    calibrations,
    check_ins,
    decomposition,
    fit,
    kpis,
    objectives,
    position_map,
    scorecards,
    workshops,
)

EVENTS = {
    **agreements.EVENTS,
    **calibrations.EVENTS,
    **check_ins.EVENTS,
    **decomposition.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
    **objectives.EVENTS,
    **position_map.EVENTS,
    **scorecards.EVENTS,
    **workshops.EVENTS,
}
