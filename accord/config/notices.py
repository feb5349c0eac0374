"""Kinds of notification: what each app may tell a person, in the order of the preferences page."""

from accord.alerts import notices as alerts
from accord.coaching import notices as coaching
from accord.foundation import notices as foundation
from accord.foundation.notices import NoticeKind
from accord.goals import notices as goals
from accord.insights import notices as insights
from accord.metrics import notices as metrics
from accord.people import notices as people
from accord.workflow import notices as workflow

NOTICES: tuple[NoticeKind, ...] = (
    *goals.NOTICES,
    *alerts.NOTICES,
    *coaching.NOTICES,
    *insights.NOTICES,
    *metrics.NOTICES,
    *workflow.NOTICES,
    *people.NOTICES,
    *foundation.NOTICES,
)
