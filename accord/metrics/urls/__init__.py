"""Addresses of metrics, by topic."""

from accord.metrics.urls import library, sources

app_name = "metrics"
urlpatterns = [*library.urlpatterns, *sources.urlpatterns]
