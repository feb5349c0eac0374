"""Whose delegations are whose."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from accord.people.access import Actor
from accord.people.models import Employee
from accord.workflow.access.flows import acting
from accord.workflow.models import FlowDelegation


def delegation_to_end(actor: Actor, pk: int) -> tuple[FlowDelegation, Employee]:
    """The delegation `pk` and whoever made it. Raises Http404 for strangers, PermissionDenied for the delegate."""
    me = acting(actor)
    concerned = FlowDelegation.objects.filter(Q(delegator=me) | Q(delegate=me)).select_related("delegator", "delegate")
    delegation = get_object_or_404(concerned, pk=pk)
    if delegation.delegator_id != me.pk:
        raise PermissionDenied
    return delegation, me
