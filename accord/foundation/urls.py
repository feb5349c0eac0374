"""Addresses of the ground floor."""

from django.urls import path

from accord.foundation.views import appearance, demo, notifications, profile, style

app_name = "foundation"

urlpatterns = [
    path("me/", profile.profile, name="profile"),
    path("me/notifications/", profile.notification_preferences, name="notification_preferences"),
    path("me/data.json", profile.own_data, name="own_data"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.read_all, name="read_all_notifications"),
    path("notifications/<int:pk>/", notifications.open_notification, name="open_notification"),
    path("preferences/language/", appearance.set_language, name="set_language"),
    path("preferences/theme/", appearance.set_theme, name="set_theme"),
    path("demo/become/", demo.become, name="become"),
    path("_style/", style.style, name="style"),
]
