"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    learning,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *learning.NOTICES,
)
