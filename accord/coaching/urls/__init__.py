"""Addresses of coaching, by topic."""

from accord.coaching.urls import (
    coaching_tasks,
    commitments,
    minutes,
    one_on_ones,
)

app_name = "coaching"
urlpatterns = [
    *coaching_tasks.urlpatterns,
    *commitments.urlpatterns,
    *minutes.urlpatterns,
    *one_on_ones.urlpatterns,
]
