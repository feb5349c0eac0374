"""Addresses of metrics, by topic."""

from accord.metrics.urls import driver_trees, library

app_name = "metrics"
urlpatterns = [*library.urlpatterns, *driver_trees.urlpatterns]
from accord.metrics.urls import library, push, sources

app_name = "metrics"
urlpatterns = [*library.urlpatterns, *push.urlpatterns, *sources.urlpatterns]
