"""What goals tells people, by topic."""

from accord.goals.notices import (
    agreements,
    calibrations,
    check_ins,
    objectives,
    redesigns,
    workshops,
)

NOTICES = (
    *agreements.NOTICES,
    *calibrations.NOTICES,
    *check_ins.NOTICES,
    *objectives.NOTICES,
    *redesigns.NOTICES,
    *workshops.NOTICES,
)
