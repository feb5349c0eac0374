"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    commitments,
    development_plans,
    feedback,
    minutes,
    one_on_ones,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **development_plans.EVENTS,
    **commitments.EVENTS,
    **minutes.EVENTS,
    **one_on_ones.EVENTS,
    **feedback.EVENTS,
    **one_on_ones.EVENTS,
}
