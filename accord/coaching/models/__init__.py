from accord.coaching.models.coaching_tasks import (
    CoachingEscalation,
    CoachingStep,
    CoachingTask,
)
from accord.coaching.models.commitments import (
    Commitment,
)
from accord.coaching.models.competencies import (
    Competency,
    CompetencyAssessment,
    CompetencyExpectation,
    CompetencyLevel,
    CompetencyTag,
)
from accord.coaching.models.feedback import (
    Feedback,
    FeedbackRequest,
)
from accord.coaching.models.learning import (
    LearningDelivery,
    LearningRecommendation,
    LearningRecord,
    LearningResource,
    LearningSystem,
)
from accord.coaching.models.one_on_ones import (
    AgendaPoint,
    OneOnOne,
    Pairing,
)

__all__ = [
    "AgendaPoint",
    "CoachingEscalation",
    "CoachingStep",
    "CoachingTask",
    "Commitment",
    "Competency",
    "CompetencyAssessment",
    "CompetencyExpectation",
    "CompetencyLevel",
    "CompetencyTag",
    "Feedback",
    "FeedbackRequest",
    "LearningDelivery",
    "LearningRecommendation",
    "LearningRecord",
    "LearningResource",
    "LearningSystem",
    "OneOnOne",
    "Pairing",
]
