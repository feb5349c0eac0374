"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, check_ins, fit, kpis, position_map, redesigns, scorecards

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *agreements.urlpatterns,
    *fit.urlpatterns,
    *position_map.urlpatterns,
    *redesigns.urlpatterns,
    *check_ins.urlpatterns,
    *scorecards.urlpatterns,
]
