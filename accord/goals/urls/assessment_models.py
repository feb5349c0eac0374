"""Addresses of assessment models: those of everything designed, the designer, and what is done with one in use."""

from django.urls import URLPattern, path

from accord.goals.views import assessment_models, model_designer
from accord.workflow.urls.design import pages_about

_DESIGN = "models/versions/<int:pk>/design/"

urlpatterns: list[URLPattern] = [
    path("models/", assessment_models.index, name="models"),
    *pages_about("model"),
    path("models/versions/<int:pk>/", assessment_models.shown, name="model_shown"),
    path("models/versions/<int:pk>/simulation/", assessment_models.simulation, name="model_simulation"),
    path("models/versions/<int:pk>/assign/", assessment_models.assign, name="model_assign"),
    path(_DESIGN, model_designer.designer, name="model_designer"),
    path(f"{_DESIGN}save/", model_designer.save, name="model_designer_save"),
    path(f"{_DESIGN}check/", model_designer.check, name="model_designer_check"),
    path(f"{_DESIGN}metrics/", model_designer.metrics, name="model_designer_metrics"),
    path(f"{_DESIGN}even/", model_designer.even, name="model_designer_even"),
    path(f"{_DESIGN}export/", model_designer.export, name="model_designer_export"),
    path(f"{_DESIGN}replace/", model_designer.replace, name="model_designer_replace"),
]
