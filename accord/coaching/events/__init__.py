"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    commitments,
    competencies,
    development_plans,
    feedback,
    learning,
    minutes,
    one_on_ones,
    recordings,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **development_plans.EVENTS,
    **commitments.EVENTS,
    **minutes.EVENTS,
    **feedback.EVENTS,
    **one_on_ones.EVENTS,
    **competencies.EVENTS,
    **learning.EVENTS,
    **recordings.EVENTS,
}
