"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
)

EVENTS = {
    **coaching_tasks.EVENTS,
}
