"""What coaching tells people, by topic."""

from accord.coaching.notices import (
    coaching_tasks,
    development_plans,
    commitments,
    one_on_ones,
)

NOTICES = (
    *coaching_tasks.NOTICES,
    *development_plans.NOTICES,
    *commitments.NOTICES,
    *one_on_ones.NOTICES,
)
