"""Whoever comes first acts; everybody else is told who that was."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.errors.flows import AlreadyDecided, FlowOver, MovedOn, NotYourTask
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.delegations import acts_for
from accord.workflow.services.flows.statements import answer_task, claim_instance

State = FlowTask.State
# They decide nothing, so nobody was too late because of them.
QUIET = (FlowAct.Kind.COMMENTED, FlowAct.Kind.NUDGED, FlowAct.Kind.REMINDED, FlowAct.Kind.FINISHED)


def claim(instance: FlowInstance, task: FlowTask | None = None) -> None:
    """Compare-and-set: take the instance where it was seen standing.

    This is the first statement of every command that may move it. The row it changes keeps others waiting until this
    transaction is over, so that two votes at one node are counted one after the other. Raises a BusinessError.
    """
    if not claim_instance(instance.pk, instance.node_key, instance.round):
        raise why_not(instance, task)


def claim_running(instance: FlowInstance) -> FlowInstance:
    """Take the instance wherever it stands, as long as it runs, and return it as it is now. Raises FlowOver."""
    running = FlowInstance.objects.filter(pk=instance.pk, state=FlowInstance.State.RUNNING)
    claimed = running.update(revision=F("revision") + 1)
    now = FlowInstance.objects.select_related("version", "starter__user").get(pk=instance.pk)
    if not claimed:
        raise FlowOver(title=now.title, state=now.get_state_display())
    return now


def claim_task(task: FlowTask, actor: Employee | None, state: str, now: datetime) -> None:
    """Take the instance and, by compare-and-set, let the open `task` have its answer.

    Raises AlreadyDecided, MovedOn or FlowOver; NotYourTask for whoever is neither assignee nor their delegate.
    """
    if actor is not None and actor.pk != task.assignee_id and not acts_for(actor.pk, task):
        raise NotYourTask(name=task.assignee.name)
    instance = task.instance
    if (task.node_key, task.round) != (instance.node_key, instance.round):
        raise why_not(instance, task)
    claim(instance, task)
    if not answer_task(task.pk, state, now, actor.pk if actor else None):
        raise why_not(instance, task)


def why_not(instance: FlowInstance, task: FlowTask | None = None) -> BusinessError:
    """What to tell whoever came second."""
    if task is not None:
        decided = FlowTask.objects.select_related("acted_by").exclude(state=State.OPEN).filter(pk=task.pk).first()
        if decided is not None and decided.acted_by is not None:
            return AlreadyDecided(name=decided.acted_by.name, what=decided.get_state_display())
    now = FlowInstance.objects.get(pk=instance.pk)
    act = FlowAct.objects.select_related("actor").filter(instance=now).exclude(kind__in=QUIET).order_by("pk").last()
    if act is not None and act.actor is not None:
        return AlreadyDecided(name=act.actor.name, what=act.get_kind_display())
    if now.state != FlowInstance.State.RUNNING:
        return FlowOver(title=now.title, state=now.get_state_display())
    return MovedOn(title=now.title)
