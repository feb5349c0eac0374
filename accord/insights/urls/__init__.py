"""Addresses of insights, by topic."""

from accord.insights.urls import boards

app_name = "insights"
urlpatterns = [*boards.urlpatterns]
