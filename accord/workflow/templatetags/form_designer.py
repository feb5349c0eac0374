"""What the page of the form designer says where there is no script."""

from __future__ import annotations

from django import template

from accord.foundation.language import readers_language
from accord.workflow.queries.form_palette import kind_name

register = template.Library()
register.filter("kind_name", kind_name)


@register.filter
def said_in(text: object) -> str:
    """A text in two languages as the reader is shown it. A draft may have something else there."""
    if not isinstance(text, dict):
        return str(text or "")
    return str(text.get(readers_language()[:2]) or text.get("zh") or "")
