"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    feedback,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *feedback.NOTICES,
    *one_on_ones.NOTICES,
)
