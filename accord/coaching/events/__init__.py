"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    feedback,
    recordings,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **recordings.EVENTS,
    **feedback.EVENTS,
}
