"""Addresses of goals, by topic."""

from accord.goals.urls import fit, kpis
from accord.goals.urls import check_ins, kpis

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *fit.urlpatterns,
    *check_ins.urlpatterns,
]
