"""Addresses of the ground floor."""

from django.urls import path

from accord.foundation.views import appearance, demo, health, imports, jobs, notifications, profile, style

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
    path("healthz", health.healthz, name="healthz"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("jobs/board/", jobs.board, name="jobs_board"),
    path("jobs/<uuid:pk>/again/", jobs.run_job, name="run_job_again"),
    path("jobs/deliveries/<int:pk>/again/", jobs.run_delivery, name="run_delivery_again"),
    path("imports/", imports.list_runs, name="imports"),
    path("imports/<slug:kind>/new/", imports.new_run, name="import_new"),
    path("imports/<slug:kind>/template/", imports.template, name="import_template"),
    path("imports/<int:pk>/", imports.show_run, name="import_run"),
    path("imports/<int:pk>/progress/", imports.progress, name="import_progress"),
    path("imports/<int:pk>/load/", imports.load_run, name="import_load"),
    path("imports/<int:pk>/discard/", imports.discard_run, name="import_discard"),
    path("imports/<int:pk>/file/", imports.original, name="import_file"),
    path("imports/<int:pk>/refused/", imports.refused, name="import_refused"),
]
