"""What goals tells people, by topic."""

from accord.goals.notices import check_ins, workshops

NOTICES = (*check_ins.NOTICES, *workshops.NOTICES)
