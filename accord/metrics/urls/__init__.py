"""Addresses of metrics, by topic."""

from accord.metrics.urls import library

app_name = "metrics"
urlpatterns = [*library.urlpatterns]
