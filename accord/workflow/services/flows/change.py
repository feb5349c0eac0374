"""One change of one instance on its way into the database, written at once with few statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.utils import timezone

from accord.domain.flow_graph import FlowGraph
from accord.foundation.models import User
from accord.foundation.services.events import record_many
from accord.people.models import Employee
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.services.flows.graphs import graph_of
from accord.workflow.services.flows.people import Finder

State = FlowInstance.State
POSITION = ("state", "node_key", "round", "return_to", "wake_at", "taken", "ended_at")
# The acts that are the answer to a task; all others are told as `flow.acted`.
ANSWERS = (FlowAct.Kind.AGREED, FlowAct.Kind.REJECTED, FlowAct.Kind.FILLED, FlowAct.Kind.SIGNED)


class Row(NamedTuple):
    """What counts of a task of this round."""

    id: int
    node_key: str
    kind: str
    assignee_id: int
    state: str
    place: int
    origin_task_id: int | None
    acted_by_id: int | None


class Change:
    """What somebody did to an instance, and all that follows from it by rule; `save` writes it.

    `actor` is whoever acts, None for the flow's own rules. The instance in memory is changed as it goes.
    """

    def __init__(self, instance: FlowInstance, actor: Employee | None, now: datetime | None = None) -> None:
        self.instance, self.actor = instance, actor
        self.now = now or timezone.now()
        self.graph: FlowGraph = graph_of(instance.version)
        self.finder = Finder(instance)
        self.tasks: list[FlowTask] = []
        # Node keys whose document is to be made once the tasks are there.
        self.to_sign: list[str] = []
        self._acts: list[FlowAct] = []
        self._has_moved = False

    @cached_property
    def rows(self) -> Sequence[Row]:
        """The tasks of this round, in the order they came; read when first asked for, after the answer was written."""
        tasks = FlowTask.objects.filter(instance=self.instance.pk, round=self.instance.round).order_by("pk")
        return [Row(*row) for row in tasks.values_list(*Row._fields)] if self.instance.pk else []

    def note(self, kind: FlowAct.Kind, *, by_rule: bool = False, **values: Any) -> None:
        """Note an act of the actor, or of the flow's own rules, for the history."""
        values.setdefault("node_key", self.instance.node_key)
        actor = None if by_rule else self.actor
        self._acts.append(FlowAct(kind=kind, actor=actor, round=self.instance.round, **values))

    def move(self, **values: Any) -> None:
        """Let the instance stand somewhere else."""
        for name, value in values.items():
            setattr(self.instance, name, value)
        self._has_moved = True

    def add_tasks(self, tasks: Iterable[FlowTask]) -> None:
        """Ask people."""
        self.tasks += tasks

    def save(self) -> None:
        """Write everything, in the caller's transaction."""
        self._save_instance()
        for row in (*self.tasks, *self._acts):
            row.instance = self.instance
        if self.tasks:
            FlowTask.objects.bulk_create(self.tasks)
        FlowAct.objects.bulk_create(self._acts)
        self._tell()

    def _save_instance(self) -> None:
        if self.instance.pk is None:
            self.instance.save(force_insert=True)
        elif self._has_moved:
            values = {name: getattr(self.instance, name) for name in POSITION}
            FlowInstance.objects.filter(pk=self.instance.pk).update(**values)

    def _tell(self) -> None:
        """Record a fact for each act of somebody, and one for the end."""
        instance, user = self.instance, self.actor.user if self.actor else None
        subject = f"flow_instances:{instance.pk}"
        for name, acts in self._by_fact().items():
            record_many(name, [(subject, self._payload(name, act)) for act in acts], actor=user)
        if instance.state != State.RUNNING and self._has_moved:
            payload = {"instance_id": instance.pk, "subject": instance.subject, "outcome": instance.state}
            record_many("flow.finished", [(subject, payload)], actor=user)

    def _by_fact(self) -> dict[str, list[FlowAct]]:
        facts: dict[str, list[FlowAct]] = {}
        for act in self._acts:
            if act.kind == FlowAct.Kind.STARTED:
                name = "flow.started"
            elif act.kind in ANSWERS and act.task_id:
                name = "flow.task_done"
            elif act.kind == FlowAct.Kind.FINISHED:
                continue
            else:
                name = "flow.acted"
            facts.setdefault(name, []).append(act)
        return facts

    def _payload(self, name: str, act: FlowAct) -> dict[str, Any]:
        if name == "flow.started":
            return {"instance_id": self.instance.pk, "subject": self.instance.subject}
        return {"instance_id": self.instance.pk, "task_id": act.task_id, "what": str(act.kind)}


def user_of(actor: Employee | None) -> User | None:
    """The account of whoever acts."""
    return actor.user if actor else None
