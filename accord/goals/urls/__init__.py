"""Addresses of goals, by topic."""

from accord.goals.urls import agreements, assessment_models, check_ins, kpis, workshops

app_name = "goals"
urlpatterns = [
    *kpis.urlpatterns,
    *check_ins.urlpatterns,
    *workshops.urlpatterns,
    *assessment_models.urlpatterns,
    *agreements.urlpatterns,
]
