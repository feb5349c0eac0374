"""Addresses of agreements."""

from django.urls import path

from accord.goals.views import agreements

urlpatterns = [
    path("agreements/<int:pk>/", agreements.agreement_page, name="agreement"),
]
