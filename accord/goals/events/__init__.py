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
)
from accord.goals.events import agreements, check_ins, fit, kpis, objectives, position_map, workshops
from accord.goals.events import agreements, check_ins, fit, kpis, objectives, position_map, scorecards

EVENTS = {
from accord.goals.events import agreements, check_ins, kpis, objectives, workshops
from accord.goals.events import agreements, check_ins, fit, kpis, objectives, position_map, scorecards

EVENTS = {
    **kpis.EVENTS,
    **agreements.EVENTS,
    **calibrations.EVENTS,
    **check_ins.EVENTS,
    **decomposition.EVENTS,
    **fit.EVENTS,
    **kpis.EVENTS,
    **agreements.EVENTS,
    **objectives.EVENTS,
    **position_map.EVENTS,
    **workshops.EVENTS,
    **scorecards.EVENTS,
    **check_ins.EVENTS,
}
