from accord.goals.models.agreements import (
    Agreement,
    AgreementLine,
    AgreementTerms,
    FitOverride,
    LineComment,
)
from accord.goals.models.assessment_models import (
    AssessmentModel,
    AssessmentModelVersion,
)
from accord.goals.models.calibrations import (
    CalibrationItem,
    CalibrationMeeting,
    CalibrationMember,
    ExternalChange,
)
from accord.goals.models.check_ins import (
    CheckIn,
    CheckInFile,
    CheckInRhythm,
)
from accord.goals.models.cycles import (
    Cycle,
)
from accord.goals.models.decomposition import (
    Decomposition,
)
from accord.goals.models.kpis import (
    Kpi,
    KpiTarget,
)
from accord.goals.models.objectives import (
    KeyResult,
    KeyResultCheckIn,
    KeyResultKpi,
    Objective,
)
from accord.goals.models.position_map import (
    CoreOutput,
    PositionMapVersion,
    RecommendedKpi,
)
from accord.goals.models.redesigns import (
    PositionRedesign,
)
from accord.goals.models.scorecards import (
    Scorecard,
    ScorecardRun,
)
from accord.goals.models.workshops import (
    CardComment,
    CardVote,
    Workshop,
    WorkshopCard,
    WorkshopMember,
)

__all__ = [
    "Agreement",
    "AgreementLine",
    "AgreementTerms",
    "AssessmentModel",
    "AssessmentModelVersion",
    "CalibrationItem",
    "CalibrationMeeting",
    "CalibrationMember",
    "CardComment",
    "CardVote",
    "CheckIn",
    "CheckInFile",
    "CheckInRhythm",
    "CoreOutput",
    "Cycle",
    "Decomposition",
    "ExternalChange",
    "FitOverride",
    "KeyResult",
    "KeyResultCheckIn",
    "KeyResultKpi",
    "Kpi",
    "KpiTarget",
    "LineComment",
    "Objective",
    "PositionMapVersion",
    "PositionRedesign",
    "RecommendedKpi",
    "Scorecard",
    "ScorecardRun",
    "Workshop",
    "WorkshopCard",
    "WorkshopMember",
]
