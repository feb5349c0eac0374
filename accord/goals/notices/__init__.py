"""What goals tells people, by topic."""

from accord.goals.notices import agreements, check_ins, objectives, redesigns, workshops

NOTICES = (*agreements.NOTICES, *check_ins.NOTICES, *objectives.NOTICES, *redesigns.NOTICES, *workshops.NOTICES)
