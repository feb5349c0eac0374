"""Addresses of goals, by topic."""

from accord.goals.urls import assessment_models, kpis
from accord.goals.urls import agreements, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *assessment_models.urlpatterns,
    *agreements.urlpatterns,
]
