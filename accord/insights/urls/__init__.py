"""Addresses of insights, by topic."""

from accord.insights.urls import boards, weekly_reports

app_name = "insights"
urlpatterns = [*boards.urlpatterns, *weekly_reports.urlpatterns]
