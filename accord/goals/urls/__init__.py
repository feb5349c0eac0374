"""Addresses of goals, by topic."""

from accord.goals.urls import kpis, objectives

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *objectives.urlpatterns,
]
