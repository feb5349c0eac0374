"""What goals tells people, by topic."""

from accord.goals.notices import objectives

NOTICES = (*objectives.NOTICES,)
