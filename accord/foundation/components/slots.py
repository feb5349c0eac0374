"""Slots: a page leaves room for apps above it. What stands there is said in the composition root's table of panels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from accord.foundation.registry import table


class Waiting(SafeString):
    """A panel with things that wait for the reader: how many stand in it, for a page that says how many there are."""

    many: int = 0


def waiting(request: HttpRequest, template: str, context: dict[str, Any], many: int) -> Waiting:
    """Draw a panel in which `many` things wait; nothing where none does."""
    panel = Waiting(render_to_string(template, context, request=request) if many else "")
    panel.many = many
    return panel


def panels_of(request: HttpRequest, name: str, subject: Any) -> list[SafeString]:
    """The panels that the table has for the slot `name`: each is a function of the request and the subject."""
    return [import_string(path)(request, subject) for path in table("ACCORD_PANELS").get(name, ())]


def waiting_in(panels: list[SafeString]) -> int:
    """How many things wait in panels."""
    return sum(panel.many for panel in panels if isinstance(panel, Waiting))


def slot(context: Context, name: str, subject: Any) -> SafeString:
    """Draw the panels of a slot one after the other."""
    return format_html_join("", "{}", ((panel,) for panel in panels_of(context["request"], name, subject)))
