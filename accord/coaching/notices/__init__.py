"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
)

NOTICES = (*coaching_tasks.NOTICES,)
