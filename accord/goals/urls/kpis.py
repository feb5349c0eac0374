"""Addresses of KPIs and of the position map."""

from django.urls import path

from accord.goals.views import kpis

urlpatterns = [
    path("", kpis.kpis_page, name="kpis"),
    path("position-map/", kpis.position_map_page, name="position-map"),
]
