"""What people ask → which app answers."""

from django.urls import include, path

urlpatterns = [
    path("", include("accord.foundation.urls")),
    path("accounts/", include("allauth.account.urls")),
]
