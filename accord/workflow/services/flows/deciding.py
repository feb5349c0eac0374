"""Agreeing, rejecting, filling in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.errors.flows import ActionNotOffered, ReasonNeeded
from accord.workflow.models import FlowAct, FlowTask, FormFill
from accord.workflow.queries.delegations import represented_by
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim_task
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.rights import on_behalf
from accord.workflow.services.flows.walking import settle

Act, State, Kind = FlowAct.Kind, FlowTask.State, FlowTask.Kind


@dataclass(frozen=True)
class NotDone:
    """A task of a batch that did not go, and why."""

    task: FlowTask
    why: BusinessError


@dataclass(frozen=True)
class Batch:
    """What became of many tasks."""

    done: tuple[FlowTask, ...]
    not_done: tuple[NotDone, ...]


def agree(task: FlowTask, actor: Employee, reason: str = "") -> None:
    """Agree, for oneself or as a delegate. Raises AlreadyDecided where somebody was faster."""
    if task.kind != Kind.APPROVE:
        raise ActionNotOffered
    answer(task, actor, State.AGREED, Act.AGREED, reason)


def reject(task: FlowTask, actor: Employee, reason: str) -> None:
    """Reject with a reason. Raises ReasonNeeded, or AlreadyDecided where somebody was faster."""
    if task.kind != Kind.APPROVE:
        raise ActionNotOffered
    if not reason.strip():
        raise ReasonNeeded
    answer(task, actor, State.REJECTED, Act.REJECTED, reason)


def hand_in(task: FlowTask, actor: Employee, reason: str = "") -> None:
    """Say that what was to be filled in is done: at the start after a return, where the flow has no form."""
    if task.kind != Kind.FILL:
        raise ActionNotOffered
    answer(task, actor, State.AGREED, Act.FILLED, reason)


def fill_submitted(fill: FormFill, step: str, actor: Employee) -> bool:
    """Complete the task that waited for `actor`'s turn at a form, once it is stored; false where none did."""
    waiting = FlowTask.objects.select_related("instance__version", "assignee").filter(
        instance__fill=fill, kind=Kind.FILL, state=State.OPEN, assignee__in=represented_by(actor.pk)
    )
    for task in waiting.order_by("pk"):
        change = Change(task.instance, actor)
        if change.graph.node(task.node_key).step in ("", step):
            answer(task, actor, State.AGREED, Act.FILLED)
            return True
    return False


def agree_many(tasks: Sequence[FlowTask], actor: Employee, reason: str = "") -> Batch:
    """Agree to many tasks, each by itself: what somebody else was faster with does not hold up the rest."""
    done, not_done = [], []
    for task in tasks:
        try:
            agree(task, actor, reason)
            done.append(task)
        except BusinessError as error:
            not_done.append(NotDone(task, error))
    return Batch(tuple(done), tuple(not_done))


@transaction.atomic
def answer(task: FlowTask, actor: Employee | None, state: str, act: FlowAct.Kind, reason: str = "") -> None:
    """Give an open task its answer and let the flow go on. Raises AlreadyDecided, MovedOn, FlowOver or NotYourTask."""
    now = timezone.now()
    claim_task(task, actor, state, now)
    change = Change(task.instance, actor, now)
    change.note(act, task=task, other=on_behalf(task, actor), reason=reason)
    settle(change)
    save(change)
