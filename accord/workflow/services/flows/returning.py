"""Sending a flow back to a step it has passed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.errors.flows import NoSuchStepBefore, ReasonNeeded
from accord.workflow.models import FlowAct, FlowTask
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim_task
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.rights import ensure_offered, on_behalf
from accord.workflow.services.flows.walking import cancel_pending, enter, go_on


@transaction.atomic
def return_to(task: FlowTask, actor: Employee, node_key: str, reason: str, *, straight_back: bool = False) -> None:
    """Send it back to an earlier step, with a reason.

    From there everything in between runs again, or it comes `straight_back` to this node. Raises ActionNotOffered,
    ReasonNeeded, NoSuchStepBefore, or AlreadyDecided where somebody was faster.
    """
    ensure_offered(task, "return")
    if not reason.strip():
        raise ReasonNeeded
    change = Change(task.instance, actor, timezone.now())
    if node_key not in {node.key for node in change.graph.earlier(task.node_key, task.instance.taken)}:
        raise NoSuchStepBefore
    claim_task(task, actor, FlowTask.State.RETURNED, change.now)
    change.note(FlowAct.Kind.RETURNED, task=task, other=on_behalf(task, actor), to_node=node_key, reason=reason)
    send_back(change, node_key, straight_back=straight_back)
    save(change)


def send_back(change: Change, node_key: str, *, straight_back: bool = False) -> None:
    """Let the claimed instance stand at an earlier node, in a round of its own."""
    change.move(return_to=change.instance.node_key if straight_back else "")
    _stand_anew(change, node_key)


def restart(change: Change) -> None:
    """Let the claimed instance stand at its own node anew, in a round of its own."""
    _stand_anew(change, change.instance.node_key)


def _stand_anew(change: Change, node_key: str) -> None:
    cancel_pending(row for row in change.rows if row.kind != FlowTask.Kind.CC)
    change.next_round()
    node = change.graph.node(node_key)
    if not enter(change, node, again=True):
        go_on(change, node)
