"""One change of one instance on its way into the database, written at once with few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from accord.domain.flow_graph import FlowGraph
from accord.foundation.services.events import record_plainly
from accord.people.models import Employee
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.people import Finder
from accord.workflow.services.flows.statements import (
    ACT_COLUMNS,
    TASK_COLUMNS,
    Row,
    as_json,
    insert,
    moment,
    move_instance,
    rows_of_round,
)

State = FlowInstance.State
# The acts that are the answer to a task; all others are told as `flow.acted`.
ANSWERS = (FlowAct.Kind.AGREED, FlowAct.Kind.REJECTED, FlowAct.Kind.FILLED, FlowAct.Kind.SIGNED)
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to be added."""

    node_key: str
    round: int
    kind: str
    assignee_id: int
    place: int
    state: str
    opened_at: datetime | None = None
    due_at: datetime | None = None
    acted_by_id: int | None = None
    origin: str = "rule"
    origin_task_id: int | None = None

    def as_row(self, instance_id: int) -> tuple[Any, ...]:
        """Its values in the order of TASK_COLUMNS."""
        return (
            *(instance_id, self.node_key, self.round, self.kind, self.assignee_id, self.place, self.state),
            *(self.origin, self.origin_task_id, moment(self.opened_at), moment(self.due_at), None, self.acted_by_id),
            *(False, None),
        )


@dataclass(frozen=True, slots=True)
class NewAct:
    """An act to be added to the history."""

    kind: FlowAct.Kind
    node_key: str
    round: int
    actor_id: int | None
    task_id: int | None
    other_id: int | None
    to_node: str
    reason: str
    mentions: Sequence[int]

    def as_row(self, instance_id: int, at: Any) -> tuple[Any, ...]:
        """Its values in the order of ACT_COLUMNS."""
        return (
            *(instance_id, self.task_id, self.kind.value, self.node_key, self.round, self.actor_id, self.other_id),
            *(self.to_node, self.reason, as_json(self.mentions), at),
        )


class Change:
    """What somebody did to an instance, and all that follows from it by rule; `save` writes it.

    `actor` is whoever acts, None for the flow's own rules. The instance in memory is changed as it goes.
    """

    def __init__(self, instance: FlowInstance, actor: Employee | None, now: datetime | None = None) -> None:
        self.instance, self.actor = instance, actor
        self.now = now or timezone.now()
        self.graph: FlowGraph = graph_of(instance.version)
        self.finder = Finder(instance)
        self.tasks: list[NewTask] = []
        # The sign node whose document is to be made once its tasks are there.
        self.to_sign = ""
        self._acts: list[NewAct] = []
        self._has_moved = False

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The tasks of this round, in the order they came; read when first asked for, after the answer was written."""
        return rows_of_round(self.instance.pk, self.instance.round) if self.instance.pk else []

    def note(
        self,
        kind: FlowAct.Kind,
        *,
        by_rule: bool = False,
        node_key: str | None = None,
        task: FlowTask | None = None,
        other: int | None = None,
        to_node: str = "",
        reason: str = "",
        mentions: Sequence[int] = (),
    ) -> None:
        """Note an act of the actor, or of the flow's own rules, for the history; `other` is the key of an employee."""
        actor = None if by_rule or self.actor is None else self.actor.pk
        where = self.instance.node_key if node_key is None else node_key
        task_id = task.pk if task else None
        act = NewAct(kind, where, self.instance.round, actor, task_id, other, to_node, reason.strip(), mentions)
        self._acts.append(act)

    def move(self, **values: Any) -> None:
        """Let the instance stand somewhere else."""
        for name, value in values.items():
            setattr(self.instance, name, value)
        self._has_moved = True

    def next_round(self) -> None:
        """Begin the next round: nothing that was asked before counts in it."""
        self.move(round=self.instance.round + 1)
        self.__dict__.pop("rows", None)

    def add_tasks(self, tasks: Iterable[NewTask]) -> None:
        """Ask people."""
        self.tasks += tasks

    def save(self) -> None:
        """Write everything, in the caller's transaction."""
        self._save_instance()
        key, now = self.instance.pk, moment(self.now)
        for start in range(0, len(self.tasks), MOST_AT_ONCE):
            rows = [task.as_row(key) for task in self.tasks[start : start + MOST_AT_ONCE]]
            insert("flow_tasks", TASK_COLUMNS, rows)
        for start in range(0, len(self._acts), MOST_AT_ONCE):
            insert("flow_acts", ACT_COLUMNS, [act.as_row(key, now) for act in self._acts[start : start + MOST_AT_ONCE]])
        self._tell()

    def _save_instance(self) -> None:
        now = self.instance
        if now.pk is None:
            now.save(force_insert=True)
        elif self._has_moved:
            move_instance(
                now.pk, now.state, now.node_key, now.round, now.return_to, now.wake_at, now.taken, now.ended_at
            )

    def _tell(self) -> None:
        """Record a fact for each act, and one for the end."""
        instance, user = self.instance, self.actor.user if self.actor else None
        about = {"instance_id": instance.pk}
        facts: dict[str, list[dict[str, Any]]] = {}
        for act in self._acts:
            if act.kind == FlowAct.Kind.STARTED:
                facts["flow.started"] = [about | {"subject": instance.subject}]
            elif act.kind == FlowAct.Kind.RETURNED:
                facts["flow.returned"] = [about | {"task_id": act.task_id, "to_node": act.to_node}]
            elif act.kind != FlowAct.Kind.FINISHED:
                name = "flow.task_done" if act.kind in ANSWERS and act.task_id else "flow.acted"
                told = about | {"task_id": act.task_id, "what": act.kind.value}
                facts.setdefault(name, []).append(told)
        if instance.state != State.RUNNING and self._has_moved:
            facts["flow.finished"] = [about | {"subject": instance.subject, "outcome": str(instance.state)}]
        for name, payloads in facts.items():
            record_plainly(name, f"flow_instances:{instance.pk}", payloads, actor=user)
