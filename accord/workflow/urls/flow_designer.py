from django.urls import URLPattern, path

from accord.workflow.views import flow_designer as views

_DESIGN = "flows/versions/<int:pk>/design/"

urlpatterns: list[URLPattern] = [
    path(_DESIGN, views.designer, name="flow_designer"),
    path(f"{_DESIGN}save/", views.save, name="flow_designer_save"),
    path(f"{_DESIGN}check/", views.check, name="flow_designer_check"),
    path(f"{_DESIGN}dry-run/", views.rehearse, name="flow_designer_rehearse"),
    path(f"{_DESIGN}export/", views.export, name="flow_designer_export"),
    path(f"{_DESIGN}replace/", views.replace, name="flow_designer_replace"),
]
