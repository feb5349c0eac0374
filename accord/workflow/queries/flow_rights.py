"""What somebody may do in a flow just now: the buttons of its page. The commands check for themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.timezone import get_default_timezone, localtime

from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.workflow.models import Document, FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.flow_page import FlowPage

Kind = FlowTask.Kind


@dataclass(frozen=True)
class Rights:
    """One field for each button; `sign` is the document to sign."""

    decide: bool = False
    fill: bool = False
    sign: Document | None = None
    return_to: bool = False
    transfer: bool = False
    add: bool = False
    withdraw: bool = False
    nudge: bool = False
    was_nudged_today: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is a bar of actions at all."""
        return any(vars(self).values())


def rights_of(page: FlowPage, me: Employee) -> Rights:
    """What `me` may do on the page of a flow."""
    task, instance = page.task, page.instance
    if instance.state != FlowInstance.State.RUNNING:
        return Rights()
    node = page.graph.node(task.node_key) if task else None
    approves = task is not None and task.kind == Kind.APPROVE
    may = node.may if node and task and task.kind in (Kind.APPROVE, Kind.FILL) and node != page.graph.start else ()
    is_starter = instance.starter_id == me.pk
    waits_for_others = any(one.assignee_id != me.pk for one in page.waits)
    nudged = _was_nudged_today(page)
    return Rights(
        decide=approves,
        fill=task is not None and task.kind == Kind.FILL,
        sign=page.document_to_sign,
        return_to=bool(node and "return" in may and page.graph.earlier(node.key, instance.taken)),
        transfer="transfer" in may,
        add=approves and "add" in may,
        withdraw=is_starter,
        nudge=is_starter and waits_for_others and not nudged,
        was_nudged_today=is_starter and waits_for_others and nudged,
    )


def _was_nudged_today(page: FlowPage) -> bool:
    today, zone = organisation_day(), get_default_timezone()
    nudges = (line.act for line in page.history if line.act.kind == FlowAct.Kind.NUDGED)
    return any(localtime(act.at, zone).date() == today for act in nudges)
