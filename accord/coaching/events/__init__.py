"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    commitments,
    minutes,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **commitments.EVENTS,
    **minutes.EVENTS,
}
