"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    development_plans,
    commitments,
    minutes,
    one_on_ones,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *development_plans.urlpatterns,
    *commitments.urlpatterns,
    *minutes.urlpatterns,
    *one_on_ones.urlpatterns,
]
