"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    competencies,
    learning,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *competencies.urlpatterns,
    *learning.urlpatterns,
]
