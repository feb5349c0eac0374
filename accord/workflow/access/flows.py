"""Who may see and do what with an instance of a flow.

Whoever takes part sees it whole: the starter, the person it is about, everybody who has or had a task in it (also for
information), and as long as it lasts the delegate of somebody who has an open one. Nobody else, whatever their role.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.people.access import Actor, own_employee_id
from accord.people.models import Employee
from accord.workflow.models import FlowDelegation, FlowInstance, FlowTask
from accord.workflow.queries.delegations import NOT_FOR_ANOTHER, acts_for, delegations_held
from accord.workflow.queries.flows import tasks_in_full


def acting(actor: Actor) -> Employee:
    """The employee who `actor` is. Raises PermissionDenied for an account without employment."""
    me = own_employee_id(actor)
    if me is None:
        raise PermissionDenied
    return Employee.objects.select_related("user").get(pk=me)


def visible_instances(actor: Actor) -> QuerySet[FlowInstance]:
    """The instances `actor` takes part in."""
    me = own_employee_id(actor)
    if me is None:
        return FlowInstance.objects.none()
    tasks = FlowTask.objects.filter(instance=OuterRef("pk"))
    held = delegations_held(me).values("delegator_id")
    stood_in = tasks.filter(assignee__in=held, state=FlowTask.State.OPEN).exclude(kind__in=NOT_FOR_ANOTHER)
    mine = Q(starter=me) | Q(person=me) | Exists(tasks.filter(Q(assignee=me) | Q(acted_by=me))) | Exists(stood_in)
    return FlowInstance.objects.filter(mine)


def instance_for(actor: Actor, pk: int) -> FlowInstance:
    """The instance `pk`. Raises Http404 for strangers."""
    full = visible_instances(actor).select_related("version__flow", "starter", "person", "fill")
    return get_object_or_404(full, pk=pk)


def task_for(actor: Actor, pk: int) -> FlowTask:
    """The task `pk` for whoever may do it: its assignee or, while it is open, their delegate.

    Raises Http404 for strangers, PermissionDenied for those who may see it and not do it.
    """
    task, me = get_object_or_404(tasks_in_full(), pk=pk), own_employee_id(actor)
    if me is not None and (task.assignee_id == me or acts_for(me, task)):
        return task
    if visible_instances(actor).filter(pk=task.instance_id).exists():
        raise PermissionDenied
    raise Http404


def delegation_for(actor: Actor, pk: int) -> tuple[FlowDelegation, Employee]:
    """A delegation `actor` made, and who they are. Raises PermissionDenied for its holder, Http404 for others."""
    me = acting(actor)
    mine = FlowDelegation.objects.select_related("delegate", "delegator").filter(Q(delegator=me) | Q(delegate=me))
    delegation = get_object_or_404(mine, pk=pk)
    if delegation.delegator_id != me.pk:
        raise PermissionDenied
    return delegation, me
