"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    commitments,
    development_plans,
    feedback,
    learning,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *development_plans.NOTICES,
    *commitments.NOTICES,
    *feedback.NOTICES,
    *one_on_ones.NOTICES,
    *learning.NOTICES,
)
