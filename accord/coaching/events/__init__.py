"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    feedback,
    one_on_ones,
    recordings,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **recordings.EVENTS,
    **feedback.EVENTS,
    **one_on_ones.EVENTS,
}
