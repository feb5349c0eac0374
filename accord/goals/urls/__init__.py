"""Addresses of goals, by topic."""

from accord.goals.urls import kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
]
