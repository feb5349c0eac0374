"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    feedback,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *feedback.NOTICES,
)
