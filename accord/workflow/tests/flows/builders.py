"""Flows for tests: a published version of a few nodes, and what people do with it."""

from __future__ import annotations

from typing import Any

from accord.domain.transparency.canonical import canonical
from accord.people.models import Employee
from accord.workflow.models import Flow, FlowAct, FlowInstance, FlowTask, FlowVersion
from accord.workflow.queries.flows import tasks_in_full
from accord.workflow.services.flows import start

START = {"kind": "start", "key": "start", "step": "start"}


def approve(key: str, *people: Employee | dict[str, Any], **settings: Any) -> dict[str, Any]:
    """An approval by named people or by rules."""
    return {"kind": "approve", "key": key, "approvers": rules(people), **settings}


def rules(people: tuple[Employee | dict[str, Any], ...]) -> list[dict[str, Any]]:
    """People as rules that name them."""
    return [{"by": "named", "employees": [each.employee_no]} if isinstance(each, Employee) else each for each in people]


def published(*nodes: dict[str, Any]) -> FlowVersion:
    """A published version of a flow of these nodes after the start."""
    number = Flow.objects.count()
    flow = Flow.objects.create(code=f"flow{number}", name=f"流程 {number}")
    body = {"v": 1, "nodes": [START, *nodes]}
    digest = f"{abs(hash(canonical(body))):064x}"[-64:]
    return FlowVersion.objects.create(flow=flow, number=1, body=body, state="published", digest=digest)


def started(starter: Employee, *nodes: dict[str, Any], **settings: Any) -> FlowInstance:
    """An instance of such a flow, just started."""
    return start(published(*nodes), starter, title=settings.pop("title", "外出培训申请"), **settings)


def task_of(person: Employee, instance: FlowInstance | None = None) -> FlowTask:
    """The one open task of somebody, read anew."""
    tasks = tasks_in_full().filter(assignee=person, state="open")
    return tasks.get(instance=instance) if instance else tasks.get()


def again(instance: FlowInstance) -> FlowInstance:
    """The instance as it is stored now."""
    return FlowInstance.objects.get(pk=instance.pk)


def where(instance: FlowInstance) -> tuple[str, str]:
    """State and node of an instance as they are stored now."""
    now = again(instance)
    return now.state, now.node_key


def open_at(instance: FlowInstance, state: str = "open") -> set[str]:
    """Names of those who have an open task that is more than for information."""
    tasks = FlowTask.objects.filter(instance=instance, state=state).exclude(kind="cc")
    return set(tasks.values_list("assignee__name", flat=True))


def told(instance: FlowInstance) -> list[tuple[str, str | None, str]]:
    """The history: what, by whom, why."""
    acts = FlowAct.objects.filter(instance=instance).order_by("pk")
    return list(acts.values_list("kind", "actor__name", "reason"))
