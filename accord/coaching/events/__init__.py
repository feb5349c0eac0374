"""Facts that coaching announces, by topic."""

from accord.coaching.events import (
    coaching_tasks,
    development_plans,
)

EVENTS = {
    **coaching_tasks.EVENTS,
    **development_plans.EVENTS,
}
