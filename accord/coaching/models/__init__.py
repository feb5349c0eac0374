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
    FeedbackMessage,
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
    "CommitmentMove",
    "DevelopmentPlan",
    "Feedback",
    "FeedbackMessage",
    "FeedbackRequest",
    "FocusArea",
    "Invitation",
    "Minutes",
    "OneOnOne",
    "Pairing",
    "PlanNote",
    "PlanVersion",
    "TalkNote",
]
