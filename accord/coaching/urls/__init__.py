"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    commitments,
    competencies,
    feedback,
    learning,
    minutes,
    one_on_ones,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *commitments.urlpatterns,
    *minutes.urlpatterns,
    *feedback.urlpatterns,
    *one_on_ones.urlpatterns,
    *competencies.urlpatterns,
    *learning.urlpatterns,
]
