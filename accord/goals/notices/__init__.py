"""What goals tells people, by topic."""

from accord.goals.notices import calibrations

NOTICES = (*calibrations.NOTICES,)
