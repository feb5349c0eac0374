"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_mirror,
    coaching_tasks,
    commitments,
    development_plans,
    feedback,
    minutes,
    one_on_ones,
)

app_name = "coaching"
urlpatterns = [
    *coaching_mirror.urlpatterns,
    *coaching_tasks.urlpatterns,
    *development_plans.urlpatterns,
    *commitments.urlpatterns,
    *minutes.urlpatterns,
    *one_on_ones.urlpatterns,
    *feedback.urlpatterns,
    *one_on_ones.urlpatterns,
]
