"""What goals tells people, by topic."""

from accord.goals.notices import check_ins, redesigns

NOTICES = (*check_ins.NOTICES, *redesigns.NOTICES)
