"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    competencies,
    learning,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **competencies.EVENTS,
    **learning.EVENTS,
}
