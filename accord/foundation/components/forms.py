"""Forms: `{{ form }}` and `{% field form.name %}` both come out in the product's own look."""

from typing import Any

from django.forms import BoundField
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Renders every Django form with our field and form templates; widgets stay Django's own."""

    field_template_name = "components/field.html"
    form_template_name = "components/form.html"


def field(field: BoundField) -> dict[str, Any]:
    """Show one field: label, widget, hint, error."""
    return {"field": field}
