"""Addresses of goals, by topic."""

from accord.goals.urls import fit, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *fit.urlpatterns,
]
