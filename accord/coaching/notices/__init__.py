"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    commitments,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *commitments.NOTICES,
    *one_on_ones.NOTICES,
)
