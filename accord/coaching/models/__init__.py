from accord.coaching.models.coaching_tasks import (
    CoachingEscalation,
    CoachingStep,
    CoachingTask,
)
from accord.coaching.models.commitments import (
    Commitment,
    CommitmentMove,
)
from accord.coaching.models.competencies import (
    Competency,
    CompetencyAssessment,
    CompetencyExpectation,
    CompetencyLevel,
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
from accord.coaching.models.learning import (
    LearningDelivery,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
    LearningSystem,
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
from accord.coaching.models.recordings import (
    Recording,
    RecordingPiece,
)

__all__ = [
    "AgendaPoint",
    "CalendarFeed",
    "CoachingEscalation",
    "CoachingStep",
    "CoachingTask",
    "Commitment",
    "CommitmentMove",
    "Competency",
    "CompetencyAssessment",
    "CompetencyExpectation",
    "CompetencyLevel",
    "DevelopmentPlan",
    "Feedback",
    "FeedbackMessage",
    "FeedbackRequest",
    "FocusArea",
    "Invitation",
    "LearningDelivery",
    "LearningRecommendation",
    "LearningRecord",
    "LearningResource",
    "LearningSystem",
    "Minutes",
    "OneOnOne",
    "Pairing",
    "PlanNote",
    "PlanVersion",
    "Recording",
    "RecordingPiece",
    "TalkNote",
]
