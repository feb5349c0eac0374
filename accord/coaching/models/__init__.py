from accord.coaching.models.coaching_tasks import (
    CoachingEscalation,
    CoachingStep,
    CoachingTask,
)
from accord.coaching.models.commitments import (
    Commitment,
)
from accord.coaching.models.feedback import (
    Feedback,
    FeedbackMessage,
    FeedbackRequest,
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
    "Feedback",
    "FeedbackMessage",
    "FeedbackRequest",
    "Invitation",
    "OneOnOne",
    "Pairing",
    "Recording",
    "RecordingPiece",
    "TalkNote",
]
