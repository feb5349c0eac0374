"""What goals tells people, by topic."""

from accord.goals.notices import agreements, calibrations, objectives

NOTICES = (*agreements.NOTICES, *calibrations.NOTICES, *objectives.NOTICES)
