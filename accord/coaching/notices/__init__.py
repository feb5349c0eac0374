"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    development_plans,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *development_plans.NOTICES,
)
