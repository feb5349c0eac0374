"""What goals tells people, by topic."""

from accord.goals.notices import agreements, check_ins, objectives, workshops

NOTICES = (*agreements.NOTICES, *objectives.NOTICES, *workshops.NOTICES, *check_ins.NOTICES)
