"""The form a flow is about, on the page of the flow: shown, and written in by whoever has a turn at it."""

from __future__ import annotations

from typing import Any

from accord.foundation.requests import SignedInRequest
from accord.workflow.queries.flow_page import FlowPage


def form_of_turn(request: SignedInRequest, page: FlowPage, problems: Any = None) -> dict[str, Any]:
    """The context of the form; nothing for a flow without one."""
    return {}
