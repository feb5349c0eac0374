"""Addresses of goals, by topic."""

from accord.goals.urls import calibrations, kpis
from accord.goals.urls import agreements, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *calibrations.urlpatterns,
    *agreements.urlpatterns,
]
