"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    development_plans,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *development_plans.urlpatterns,
]
