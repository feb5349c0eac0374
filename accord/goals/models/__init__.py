from accord.goals.models.agreements import Agreement, AgreementLine, AgreementTerms, FitOverride, LineComment
from accord.goals.models.assessment_models import AssessmentModel, AssessmentModelVersion
from accord.goals.models.calibrations import CalibrationItem, CalibrationMeeting, CalibrationMember, ExternalChange
from accord.goals.models.cycles import Cycle
from accord.goals.models.kpis import Kpi, KpiTarget
from accord.goals.models.objectives import KeyResult, KeyResultCheckIn, KeyResultKpi, Objective
from accord.goals.models.position_map import CoreOutput, RecommendedKpi

__all__ = [
    "Agreement",
    "AgreementLine",
    "AgreementTerms",
    "AssessmentModel",
    "AssessmentModelVersion",
    "CalibrationItem",
    "CalibrationMeeting",
    "CalibrationMember",
    "CoreOutput",
    "Cycle",
    "ExternalChange",
    "FitOverride",
    "KeyResult",
    "KeyResultCheckIn",
    "KeyResultKpi",
    "Kpi",
    "KpiTarget",
    "LineComment",
    "Objective",
    "RecommendedKpi",
]
