"""Addresses of workflow, by topic."""

from accord.workflow.urls import archive, design, documents, flows, forms

app_name = "workflow"
urlpatterns = [
    *design.urlpatterns,
    *forms.urlpatterns,
    *flows.urlpatterns,
    *documents.urlpatterns,
    *archive.urlpatterns,
]
