"""Addresses of goals, by topic."""

from accord.goals.urls import calibrations, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *calibrations.urlpatterns,
]
