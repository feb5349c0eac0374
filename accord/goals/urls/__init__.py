"""Addresses of goals, by topic."""

from accord.goals.urls import (
    agreements,
    assessment_models,
    calibrations,
    check_ins,
    decomposition,
    check_ins,
    fit,
    kpis,
    objectives,
    position_map,
    redesigns,
)

app_name = "goals"
urlpatterns = [
from accord.goals.urls import agreements, assessment_models, check_ins, kpis, workshops
from accord.goals.urls import agreements, assessment_models, check_ins, fit, kpis, position_map, redesigns
    workshops,
)
from accord.goals.urls import agreements, check_ins, fit, kpis, position_map, redesigns, scorecards

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *check_ins.urlpatterns,
    *workshops.urlpatterns,
    *assessment_models.urlpatterns,
    *agreements.urlpatterns,
    *assessment_models.urlpatterns,
    *calibrations.urlpatterns,
    *check_ins.urlpatterns,
    *decomposition.urlpatterns,
    *fit.urlpatterns,
    *kpis.urlpatterns,
    *objectives.urlpatterns,
    *position_map.urlpatterns,
    *redesigns.urlpatterns,
    *check_ins.urlpatterns,
    *scorecards.urlpatterns,
]
