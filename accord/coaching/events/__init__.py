"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    development_plans,
    commitments,
    minutes,
    one_on_ones,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **development_plans.EVENTS,
    **commitments.EVENTS,
    **minutes.EVENTS,
    **one_on_ones.EVENTS,
}
