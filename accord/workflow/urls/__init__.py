"""Addresses of workflow, by topic."""

from accord.workflow.urls import archive, design, documents, flow_designer, flows, form_designer, forms

app_name = "workflow"
urlpatterns = [
    *design.urlpatterns,
    *forms.urlpatterns,
    *form_designer.urlpatterns,
    *flows.urlpatterns,
    *flow_designer.urlpatterns,
    *documents.urlpatterns,
    *archive.urlpatterns,
]
