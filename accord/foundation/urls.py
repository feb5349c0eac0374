"""Addresses of the ground floor."""

from django.urls import path

from accord.foundation.views import appearance, style

app_name = "foundation"

urlpatterns = [
    path("language/", appearance.set_language, name="set_language"),
    path("theme/", appearance.set_theme, name="set_theme"),
    path("_style/", style.style, name="style"),
]
