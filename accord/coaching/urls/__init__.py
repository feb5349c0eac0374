"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    development_plans,
    one_on_ones,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *development_plans.urlpatterns,
    *one_on_ones.urlpatterns,
]
