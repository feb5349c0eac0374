"""Addresses of the fit check."""

from django.urls import path

from accord.goals.views import fit

urlpatterns = [
    path("fit/", fit.overview, name="fit"),
    path("fit/agreements/<int:pk>/override/", fit.override, name="fit_override"),
]
