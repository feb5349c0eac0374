"""What goals tells people, by topic."""

from accord.goals.notices import (
    agreements,
    calibrations,
    check_ins,
    objectives,
    redesigns,
)

NOTICES = (*agreements.NOTICES, *check_ins.NOTICES, *objectives.NOTICES, *redesigns.NOTICES)
from accord.goals.notices import agreements, check_ins, objectives, workshops

NOTICES = (*agreements.NOTICES, *objectives.NOTICES, *workshops.NOTICES, *check_ins.NOTICES)
NOTICES = (*agreements.NOTICES, *calibrations.NOTICES, *check_ins.NOTICES, *objectives.NOTICES, *redesigns.NOTICES)
from accord.goals.notices import agreements, check_ins, objectives, redesigns, workshops

NOTICES = (*agreements.NOTICES, *check_ins.NOTICES, *objectives.NOTICES, *redesigns.NOTICES, *workshops.NOTICES)
