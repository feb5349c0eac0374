"""Addresses of alerts, by topic."""

from accord.alerts.urls import alerts

app_name = "alerts"
urlpatterns = [*alerts.urlpatterns]
