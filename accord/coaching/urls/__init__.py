"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    feedback,
    one_on_ones,
    recordings,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *feedback.urlpatterns,
    *recordings.urlpatterns,
    *one_on_ones.urlpatterns,
]
