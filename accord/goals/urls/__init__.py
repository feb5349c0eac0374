"""Addresses of goals, by topic."""

from accord.goals.urls import (
    agreements,
    assessment_models,
    calibrations,
    check_ins,
    decomposition,
    fit,
    kpis,
    objectives,
    position_map,
    redesigns,
    scorecards,
    workshops,
)

app_name = "goals"
urlpatterns = [
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
    *scorecards.urlpatterns,
    *workshops.urlpatterns,
]
