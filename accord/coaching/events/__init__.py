"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    feedback,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **feedback.EVENTS,
}
