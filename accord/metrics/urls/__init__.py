"""Addresses of metrics, by topic."""

from accord.metrics.urls import driver_trees, library, push, sources

app_name = "metrics"
urlpatterns = [*library.urlpatterns, *driver_trees.urlpatterns, *push.urlpatterns, *sources.urlpatterns]
