"""What is designed beside forms and flows: kind → dotted name of what it is, and of how its pages look.

The first is a `workflow.services.versions.kind.Kind`, the second a `workflow.forms.design_pages.DesignPages`.
"""

DESIGN_KINDS: dict[str, str] = {
    "model": "accord.goals.services.assessment_models.kind.MODEL",
}
DESIGN_PAGES: dict[str, str] = {
    "model": "accord.goals.forms.model_settings.MODEL_PAGES",
}
