"""Passing a task on, and calling somebody in before or after oneself."""

from __future__ import annotations

from typing import Literal

from django.db import transaction
from django.utils import timezone

from accord.people.models import Employee
from accord.workflow.errors.flows import ActionNotOffered, NotYourTask
from accord.workflow.models import FlowAct, FlowTask
from accord.workflow.queries.delegations import acts_for
from accord.workflow.services.flows.change import Change, NewTask
from accord.workflow.services.flows.claiming import claim, claim_task, why_not
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.rights import ensure_may_be_asked, ensure_offered
from accord.workflow.services.flows.walking import due_after, voices

State = FlowTask.State


@transaction.atomic
def transfer(task: FlowTask, actor: Employee, to: Employee, reason: str = "") -> None:
    """Let somebody else do it instead. Raises ActionNotOffered, NotWorkingHere, TakesPartAlready, AlreadyDecided…"""
    ensure_offered(task, "transfer")
    change = Change(task.instance, actor, timezone.now())
    claim_task(task, actor, State.TRANSFERRED, change.now)
    ensure_may_be_asked(task, to)
    change.note(FlowAct.Kind.TRANSFERRED, task=task, other=to.pk, reason=reason)
    change.add_tasks([successor(change, task, to.pk, FlowTask.Origin.TRANSFER)])
    save(change)


@transaction.atomic
def add_approver(
    task: FlowTask, actor: Employee, who: Employee, where: Literal["before", "after"], reason: str = ""
) -> None:
    """Call somebody in: `before` they are asked now and one's own turn comes again, `after` once one has agreed.

    Both count as one voice. Raises as `transfer` does.
    """
    ensure_offered(task, "add")
    if task.kind != FlowTask.Kind.APPROVE or where not in ("before", "after"):
        raise ActionNotOffered
    if actor.pk != task.assignee_id and not acts_for(actor.pk, task):
        raise NotYourTask(name=task.assignee.name)
    change = Change(task.instance, actor, timezone.now())
    claim(task.instance, task)
    still = FlowTask.objects.filter(pk=task.pk, state=State.OPEN)
    if not still.update(state=State.WAITING if where == "before" else State.OPEN):
        raise why_not(task.instance, task)
    ensure_may_be_asked(task, who)
    change.note(FlowAct.Kind.ADDED, task=task, other=who.pk, to_node=where, reason=reason)
    place = _place(change, task, where)
    state = State.OPEN if where == "before" else State.WAITING
    change.add_tasks([successor(change, task, who.pk, FlowTask.Origin.ADDED, place=place, state=state)])
    save(change)


def successor(
    change: Change, task: FlowTask, person: int, origin: str, *, place: int | None = None, state: str = State.OPEN
) -> NewTask:
    """A task for somebody that comes from another's and counts in its voice."""
    opened_at, due_at = due_after(change, change.graph.node(task.node_key)) if state == State.OPEN else (None, None)
    return NewTask(
        node_key=task.node_key,
        round=task.round,
        kind=task.kind,
        assignee_id=person,
        place=task.place if place is None else place,
        state=str(state),
        opened_at=opened_at,
        due_at=due_at,
        origin=str(origin),
        origin_task_id=task.pk,
    )


def _place(change: Change, task: FlowTask, where: str) -> int:
    """Right before everybody, or right behind everybody of the voice."""
    rows = [row for row in change.rows if row.node_key == task.node_key]
    voice = voices(rows)
    places = [row.place for row in rows if voice[row.id] == voice[task.pk]]
    return min(places) - 1 if where == "before" else max(places) + 1
