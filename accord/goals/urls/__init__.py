"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, assessment_models, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *assessment_models.urlpatterns,
    *agreements.urlpatterns,
]
