"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *agreements.urlpatterns,
]
