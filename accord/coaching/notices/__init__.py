"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *one_on_ones.NOTICES,
)
