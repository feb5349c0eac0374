"""Who may act for whom today."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.people.queries.standing import held_on
from accord.workflow.models import FlowDelegation, FlowTask

NOT_FOR_ANOTHER = (FlowTask.Kind.SIGN, FlowTask.Kind.CC)
"""Tasks that are somebody's own, whoever acts for them."""


def delegations_held(employee_id: int) -> QuerySet[FlowDelegation]:
    """The delegations by which somebody may act for others today. A delegate's delegate is nobody's."""
    return FlowDelegation.objects.filter(held_on(organisation_day()), delegate=employee_id)


def represented_by(employee_id: int) -> QuerySet[Any, Any]:
    """The keys of those whose tasks somebody may do today: their own, and whoever named them as a delegate."""
    own = Employee.objects.filter(pk=employee_id).values("pk")
    return own.union(delegations_held(employee_id).values("delegator_id"))


def acts_for(employee_id: int, task: FlowTask) -> bool:
    """Whether somebody may do another's task today. Nobody signs or reads for another, nor does anybody stand in where
    they would decide about what they started or about themselves.
    """
    if task.kind in NOT_FOR_ANOTHER or employee_id in (task.instance.starter_id, task.instance.person_id):
        return False
    return delegations_held(employee_id).filter(delegator=task.assignee_id).exists()


def delegates_of(delegators: Any) -> list[int]:
    """The keys of those who may act today for any of `delegators` (keys, or a query of them)."""
    held = FlowDelegation.objects.filter(held_on(organisation_day()), delegator__in=delegators)
    return list(held.values_list("delegate_id", flat=True))
