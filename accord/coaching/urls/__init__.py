"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    feedback,
    recordings,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *feedback.urlpatterns,
    *recordings.urlpatterns,
]
