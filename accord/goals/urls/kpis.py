"""Addresses of KPIs."""

from django.urls import path

from accord.goals.views import kpis

urlpatterns = [
    path("", kpis.kpis_page, name="kpis"),
]
