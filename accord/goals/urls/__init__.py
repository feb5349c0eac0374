"""Addresses of goals, by topic."""

from accord.goals.urls import (
    agreements,
    assessment_models,
    check_ins,
    fit,
    kpis,
    objectives,
    position_map,
    redesigns,
    workshops,
)

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *agreements.urlpatterns,
    *fit.urlpatterns,
    *position_map.urlpatterns,
    *redesigns.urlpatterns,
    *check_ins.urlpatterns,
    *workshops.urlpatterns,
    *assessment_models.urlpatterns,
    *objectives.urlpatterns,
]
