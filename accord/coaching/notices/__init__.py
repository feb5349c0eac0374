"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    commitments,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *commitments.NOTICES,
)
