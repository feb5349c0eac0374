from accord.coaching.models.coaching_tasks import (
    CoachingEscalation,
    CoachingStep,
    CoachingTask,
)
from accord.coaching.models.commitments import (
    Commitment,
    CommitmentMove,
)
from accord.coaching.models.development_plans import (
    DevelopmentPlan,
    FocusArea,
    PlanNote,
    PlanVersion,
)
from accord.coaching.models.feedback import (
    Feedback,
    FeedbackRequest,
)
from accord.coaching.models.minutes import (
    Minutes,
)
from accord.coaching.models.one_on_ones import (
    AgendaPoint,
    CalendarFeed,
    Invitation,
    OneOnOne,
    Pairing,
    TalkNote,
)

__all__ = [
    "AgendaPoint",
    "CalendarFeed",
    "CoachingEscalation",
    "CoachingStep",
    "CoachingTask",
    "Commitment",
    "DevelopmentPlan",
    "CommitmentMove",
    "Feedback",
    "FeedbackRequest",
    "FocusArea",
    "OneOnOne",
    "Pairing",
    "PlanNote",
    "PlanVersion",
    "Invitation",
    "Minutes",
    "OneOnOne",
    "Pairing",
    "TalkNote",
]
