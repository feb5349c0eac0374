"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, decomposition, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *decomposition.urlpatterns,
    *agreements.urlpatterns,
]
