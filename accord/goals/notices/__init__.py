"""What goals tells people, by topic."""

from accord.goals.notices import agreements

NOTICES = (*agreements.NOTICES,)
