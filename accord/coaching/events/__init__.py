"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    one_on_ones,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **one_on_ones.EVENTS,
}
