"""What goals tells people, by topic."""

from accord.goals.notices import check_ins

NOTICES = (*check_ins.NOTICES,)
