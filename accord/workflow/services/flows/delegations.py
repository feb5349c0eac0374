"""Naming somebody who acts for one while one is away."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.flows import (
    CircularDelegation,
    DelegatesToThemselves,
    DelegationNotPossible,
    DelegationOver,
    NotWorkingHere,
    NotYourTask,
)
from accord.workflow.models import FlowDelegation

LONGEST = timedelta(days=365)


@transaction.atomic
def delegate(actor: Employee, to: Employee, valid_from: date, valid_to: date, reason: str = "") -> FlowDelegation:
    """Let `to` approve and fill in for `actor` from a day up to and including another.

    A delegate acts for whoever named them and not for those who named that one, so no circle could run round; one that
    would leave nobody at their desk is refused all the same. Raises a BusinessError.
    """
    if to.pk == actor.pk:
        raise DelegatesToThemselves
    if to.status == Employee.Status.LEFT:
        raise NotWorkingHere(name=to.name)
    if not organisation_day() <= valid_to <= organisation_day() + LONGEST or valid_to < valid_from:
        raise DelegationNotPossible
    if actor.pk in _reached(to.pk, valid_from, valid_to):
        raise CircularDelegation(name=to.name)
    made = FlowDelegation.objects.create(
        delegator=actor, delegate=to, valid_from=valid_from, valid_to=valid_to, reason=reason.strip()[:200]
    )
    _record("flow.delegated", made, actor)
    return made


@transaction.atomic
def end_delegation(delegation: FlowDelegation, actor: Employee) -> None:
    """End it now; one that has not begun is as if it had never been. Raises NotYourTask or DelegationOver."""
    if actor.pk != delegation.delegator_id:
        raise NotYourTask(name=delegation.delegator.name)
    yesterday = organisation_day() - timedelta(days=1)
    lasting = FlowDelegation.objects.filter(pk=delegation.pk, valid_to__gt=yesterday)
    if not lasting.update(valid_to=yesterday):
        raise DelegationOver
    _record("flow.delegation_ended", delegation, actor)


def _reached(start: int, valid_from: date, valid_to: date) -> set[int]:
    """Everybody at whose desk one ends who looks for `start`'s delegates, and theirs, in that time."""
    reached: set[int] = set()
    front = {start}
    while front:
        overlapping = FlowDelegation.objects.filter(
            delegator__in=front, valid_from__lte=valid_to, valid_to__gte=valid_from
        )
        front = set(overlapping.values_list("delegate_id", flat=True)) - reached
        reached |= front
    return reached


def _record(name: str, delegation: FlowDelegation, actor: Employee) -> None:
    record(
        name,
        subject=f"flow_delegations:{delegation.pk}",
        actor=actor.user,
        delegation_id=delegation.pk,
        delegator_id=delegation.delegator_id,
        delegate_id=delegation.delegate_id,
    )
