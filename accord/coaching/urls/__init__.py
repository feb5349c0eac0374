"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_mirror,
    coaching_tasks,
    commitments,
    competencies,
    development_plans,
    feedback,
    learning,
    minutes,
    one_on_ones,
    recordings,
)

app_name = "coaching"
urlpatterns = [
    *coaching_mirror.urlpatterns,
    *coaching_tasks.urlpatterns,
    *development_plans.urlpatterns,
    *commitments.urlpatterns,
    *minutes.urlpatterns,
    *competencies.urlpatterns,
    *learning.urlpatterns,
    *feedback.urlpatterns,
    *recordings.urlpatterns,
    *one_on_ones.urlpatterns,
]
