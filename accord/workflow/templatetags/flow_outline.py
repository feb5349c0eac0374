"""`{% flow_outline version.body version.flow %}`: a flow as a list that people can read on any page."""

from __future__ import annotations

from typing import Any

from django.template import Library

from accord.workflow.models import Flow
from accord.workflow.queries.flow_names import form_of, labels_of, names_in_conditions
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
def flow_outline(body: object, flow: Flow | None = None) -> dict[str, Any]:
    """Show a flow body as an indented list. Conditions name the fields of the form of `flow` by their labels."""
    labels = labels_of(names_in_conditions(form_of(flow))) if flow else {}
    return {"nodes": outlined(body, labels), "root": True}


@register.filter
def node_icon(kind: str) -> str:
    """The icon of a kind of node."""
    return ICONS.get(kind, "help-circle")


@register.filter
def node_kind(kind: str) -> str:
    """The word for a kind of node."""
    return kind_label(kind)
