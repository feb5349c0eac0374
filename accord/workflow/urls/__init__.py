"""Addresses of workflow, by topic."""

from accord.workflow.urls import archive, documents, flows, forms

app_name = "workflow"
urlpatterns = [*forms.urlpatterns, *flows.urlpatterns, *documents.urlpatterns, *archive.urlpatterns]
