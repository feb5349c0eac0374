"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, calibrations, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *calibrations.urlpatterns,
    *agreements.urlpatterns,
]
