"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    commitments,
    feedback,
    learning,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *commitments.NOTICES,
    *feedback.NOTICES,
    *one_on_ones.NOTICES,
    *learning.NOTICES,
)
