"""What somebody may start."""

from __future__ import annotations

from dataclasses import dataclass

from django.shortcuts import get_object_or_404

from accord.people.access import Actor
from accord.people.models import Employee
from accord.workflow.access.flows import acting
from accord.workflow.models import Flow, FlowVersion, FormFill
from accord.workflow.queries.offered_flows import draft_of, offered_flows, published_version


@dataclass(frozen=True)
class Startable:
    """A flow that `me` may start: its published version, and what they have filled in so far."""

    flow: Flow
    version: FlowVersion
    me: Employee
    fill: FormFill | None

    @property
    def needs_fill(self) -> bool:
        """Whether there is a form that was not begun yet."""
        return self.flow.form_id is not None and self.fill is None


def startable_for(actor: Actor, pk: int) -> Startable:
    """The flow `pk` if it is offered to `actor`. Raises Http404 otherwise, as if it did not exist."""
    me = acting(actor)
    flow = get_object_or_404(offered_flows(me).select_related("form"), pk=pk)
    return Startable(flow, published_version(flow), me, draft_of(flow, me))
