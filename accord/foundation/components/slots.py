"""Slots: a page leaves room for apps above it. What stands there is said in the composition root's table of panels."""

from typing import Any

from django.template import Context
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from accord.foundation.registry import table


def slot(context: Context, name: str, subject: Any) -> SafeString:
    """Draw the panels that the table has for the slot `name`: each is a function of the request and the subject."""
    panels = (import_string(path)(context["request"], subject) for path in table("ACCORD_PANELS").get(name, ()))
    return format_html_join("", "{}", ((panel,) for panel in panels))
