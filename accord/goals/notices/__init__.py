"""What goals tells people, by topic."""

from accord.goals.notices import agreements, objectives

NOTICES = (*agreements.NOTICES, *objectives.NOTICES)
