"""Addresses of alerts, by topic."""

from accord.alerts.urls import alerts, rules, watch_list

app_name = "alerts"
urlpatterns = [*alerts.urlpatterns, *rules.urlpatterns, *watch_list.urlpatterns]
