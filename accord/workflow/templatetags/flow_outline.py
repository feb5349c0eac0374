"""`{% flow_outline version.body %}`: a flow as a list people can read, for pages that show one without a script."""

from __future__ import annotations

from typing import Any

from django.template import Library

from accord.workflow.queries.flow_outline import flow_outline as outlined
from accord.workflow.queries.flow_outline import kind_label

register = Library()

ICONS = {
    "start": "player-play",
    "approve": "user-check",
    "fill": "edit",
    "sign": "signature",
    "cc": "send",
    "wait": "hourglass",
    "branch": "arrows-split",
}


@register.inclusion_tag("workflow/flow_outline.html")
def flow_outline(body: object, labels: dict[str, str] | None = None) -> dict[str, Any]:
    """Show a flow body as an indented list. `labels` are the words for the names in its conditions."""
    return {"nodes": outlined(body, labels), "root": True}


@register.filter
def node_icon(kind: str) -> str:
    """The icon of a kind of node."""
    return ICONS.get(kind, "help-circle")


@register.filter
def node_kind(kind: str) -> str:
    """The word for a kind of node."""
    return kind_label(kind)
