"""What goals tells people, by topic."""

from accord.goals.notices import calibrations

NOTICES = (*calibrations.NOTICES,)
from accord.goals.notices import agreements

NOTICES = (*agreements.NOTICES,)
