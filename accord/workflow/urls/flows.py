from django.urls import path

from accord.workflow.views import flow_designer
from accord.workflow.views.people import people_search

_designer = "flows/versions/<int:pk>/design/"

urlpatterns = [
    path(_designer, flow_designer.design, name="flow_designer"),
    path(f"{_designer}save/", flow_designer.save, name="flow_designer_save"),
    path(f"{_designer}check/", flow_designer.check, name="flow_designer_check"),
    path(f"{_designer}dry-run/", flow_designer.rehearse, name="flow_designer_rehearse"),
    path(f"{_designer}export/", flow_designer.export, name="flow_designer_export"),
    path("people.json", people_search, name="people_search"),
]
