"""Addresses of the ground floor."""

from django.urls import path

from accord.foundation.views import appearance, imports, style

app_name = "foundation"

urlpatterns = [
    path("language/", appearance.set_language, name="set_language"),
    path("theme/", appearance.set_theme, name="set_theme"),
    path("_style/", style.style, name="style"),
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
