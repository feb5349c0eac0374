"""Addresses of scorecards."""

from django.urls import path

from accord.goals.views import scorecards

urlpatterns = [
    path("scorecard/", scorecards.mine, name="scorecard"),
    path("scorecard/people/<int:pk>/", scorecards.person, name="scorecard_person"),
    path("scorecard/frozen/<int:pk>/", scorecards.frozen, name="scorecard_frozen"),
]
