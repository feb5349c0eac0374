"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    feedback,
    recordings,
    one_on_ones,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **recordings.EVENTS,
    **feedback.EVENTS,
    **one_on_ones.EVENTS,
}
