"""Telling people: what they owe, what they are reminded of, how it ended. One notice for each occasion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from accord.foundation.clock import organisation_day
from accord.foundation.notices import NoticeKind
from accord.foundation.services.notifications import Notice, notify_many
from accord.people.models import Employee
from accord.people.queries.standing import held_on
from accord.workflow.models import FlowDelegation, FlowInstance, FlowTask
from accord.workflow.notices import flows as notices

AT_ONCE = 1000
OWED = (FlowTask.Kind.APPROVE, FlowTask.Kind.FILL)


def tell_open_tasks() -> int:
    """Tell everybody of tasks that opened since the last time, many at once; return how many those were.

    Who is asked to sign was told with the document. A task is told again where it opened again.
    """
    return sum(iter(_tell_some, 0))


@transaction.atomic
def _tell_some() -> int:
    tasks = list(
        FlowTask.objects.filter(state=FlowTask.State.OPEN, is_told=False)
        .select_related("assignee__user", "instance__starter")
        .defer("instance__values", "instance__chosen", "instance__taken")
        .order_by("pk")[:AT_ONCE]
    )
    owed = [task for task in tasks if task.kind in OWED]
    _notify(notices.ASKED, ((task.assignee, task.instance, _opening(task)) for task in owed))
    _notify(notices.ASKED_FOR_ANOTHER, _stood_in(owed))
    copied = (task for task in tasks if task.kind == FlowTask.Kind.CC)
    _notify(notices.FOR_INFORMATION, ((task.assignee, task.instance, _opening(task)) for task in copied))
    FlowTask.objects.filter(pk__in=[task.pk for task in tasks]).update(is_told=True)
    return len(tasks)


def tell_nudged(instance: FlowInstance, owed: Sequence[FlowTask], today: date) -> None:
    """Remind those who owe something here."""
    _notify(notices.NUDGED, ((task.assignee, instance, f"flow_tasks:{task.pk}:{today}") for task in owed))


def tell_overdue(task: FlowTask, kind: NoticeKind) -> None:
    """Tell the assignee that their time is over."""
    _notify(kind, [(task.assignee, task.instance, f"flow_tasks:{task.pk}:due")])


def tell_mentioned(instance: FlowInstance, by: Employee, people: Iterable[Employee], at: datetime) -> None:
    """Tell those who were mentioned in a comment."""
    cause = f"flow_instances:{instance.pk}:{at.isoformat()}"
    _notify(notices.MENTIONED, ((person, instance, cause) for person in people), by=by.name)


def tell_end(instance_id: int, subject: str, outcome: str) -> None:
    """Reaction to `flow.finished`: the starter is told, but for what they took back themselves."""
    if outcome == FlowInstance.State.WITHDRAWN:
        return
    instance = FlowInstance.objects.select_related("starter__user").get(pk=instance_id)
    kind = notices.APPROVED if outcome == FlowInstance.State.FINISHED else notices.REJECTED
    _notify(kind, [(instance.starter, instance, f"flow_instances:{instance.pk}")])


def tell_return(instance_id: int, task_id: int | None, to_node: str) -> None:
    """Reaction to `flow.returned`: the starter is told."""
    instance = FlowInstance.objects.select_related("starter__user").get(pk=instance_id)
    _notify(notices.RETURNED, [(instance.starter, instance, f"flow_instances:{instance.pk}:{instance.round}")])


def _stood_in(owed: Sequence[FlowTask]) -> Iterator[tuple[Employee, FlowInstance, str]]:
    """The tasks with those who may do them for their assignees today."""
    held = FlowDelegation.objects.filter(held_on(organisation_day()), delegator__in={task.assignee_id for task in owed})
    delegates: dict[int, list[Employee]] = {}
    for delegation in held.select_related("delegate__user"):
        delegates.setdefault(delegation.delegator_id, []).append(delegation.delegate)
    for task in owed:
        for delegate in delegates.get(task.assignee_id, ()):
            if delegate.pk not in (task.instance.starter_id, task.instance.person_id):
                yield delegate, task.instance, _opening(task)


def _opening(task: FlowTask) -> str:
    return f"flow_tasks:{task.pk}:{task.opened_at:%Y%m%d%H%M%S}"


def _notify(kind: NoticeKind, told: Iterable[tuple[Employee, FlowInstance, str]], **values: str) -> None:
    messages = [
        Notice(
            person.user,
            cause,
            {"title": instance.title, "starter": instance.starter.name, **values},
            reverse("workflow:instance", args=[instance.pk]),
        )
        for person, instance, cause in told
        if person.user is not None
    ]
    if messages:
        notify_many(kind.code, messages)
