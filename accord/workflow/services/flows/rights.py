"""What a node allows beside agreeing and rejecting, and whom one may call in."""

from __future__ import annotations

from accord.people.models import Employee
from accord.workflow.errors.flows import (
    ActionNotOffered,
    ConcernedCannotDecide,
    NotWorkingHere,
    StarterCannotDecide,
    TakesPartAlready,
)
from accord.workflow.models import FlowTask
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.statements import rows_of_round

GONE = (FlowTask.State.TRANSFERRED, FlowTask.State.RETURNED, FlowTask.State.CANCELLED)
"""States of tasks that do not count any more: their assignee may be asked again."""


def ensure_offered(task: FlowTask, action: str) -> None:
    """Raises ActionNotOffered unless the node of the task allows `action`."""
    if task.kind not in (FlowTask.Kind.APPROVE, FlowTask.Kind.FILL):
        raise ActionNotOffered
    node = graph_of(task.instance.version).node(task.node_key)
    if action not in node.may or node.key == graph_of(task.instance.version).start.key:
        raise ActionNotOffered


def ensure_may_be_asked(task: FlowTask, who: Employee) -> None:
    """Raises a BusinessError for somebody who has left, takes part already, or would decide about what they started
    or about themselves.

    To be asked once the instance is claimed.
    """
    if who.status == Employee.Status.LEFT:
        raise NotWorkingHere(name=who.name)
    if task.kind == FlowTask.Kind.APPROVE and who.pk == task.instance.starter_id:
        raise StarterCannotDecide(name=who.name)
    if task.kind == FlowTask.Kind.APPROVE and who.pk == task.instance.person_id:
        raise ConcernedCannotDecide(name=who.name)
    rows = rows_of_round(task.instance_id, task.round)
    if who.pk == task.assignee_id or any(
        row.assignee_id == who.pk and row.node_key == task.node_key and row.state not in GONE for row in rows
    ):
        raise TakesPartAlready(name=who.name)


def on_behalf(task: FlowTask, actor: Employee | None) -> int | None:
    """For whom a delegate acts; None for whoever does their own task."""
    return task.assignee_id if actor is not None and actor.pk != task.assignee_id else None
