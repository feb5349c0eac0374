"""The form a flow is about, on the page of the flow: to be read, or to be written in by whoever has a turn at it."""

from __future__ import annotations

from typing import Any

from accord.foundation.language import readers_language
from accord.people.access import Actor
from accord.workflow.access.fills import fill_if_seen
from accord.workflow.errors.forms import Problems
from accord.workflow.queries.fills import form_page
from accord.workflow.queries.flow_page import FlowPage


def form_of_turn(actor: Actor, page: FlowPage, problems: Problems | None = None) -> dict[str, Any]:
    """The context of the form for its reader; nothing for a flow without one, and for whose turn has not come yet."""
    seen = fill_if_seen(actor, page.instance.fill_id) if page.instance.fill_id else None
    if seen is None:
        return {}
    writes = page.task is not None and seen.may_edit and seen.task is not None and seen.task.pk == page.task.pk
    return form_page(seen.fill, seen.step, readers_language(), reader=actor, editable=writes, problems=problems)
