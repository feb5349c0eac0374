from django.urls import URLPattern, path

from accord.workflow.views import form_designer as views

_DESIGN = "forms/versions/<int:pk>/design/"

urlpatterns: list[URLPattern] = [
    path(_DESIGN, views.designer, name="form_designer"),
    path(f"{_DESIGN}save/", views.save, name="form_designer_save"),
    path(f"{_DESIGN}check/", views.check, name="form_designer_check"),
    path(f"{_DESIGN}preview/", views.preview, name="form_designer_preview"),
    path(f"{_DESIGN}export/", views.export, name="form_designer_export"),
    path(f"{_DESIGN}replace/", views.replace, name="form_designer_replace"),
]
