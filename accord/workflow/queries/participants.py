"""Who takes part in an instance and may open it."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.queries.delegations import NOT_FOR_ANOTHER, delegates_of


def participants_among(instance: FlowInstance, people: Iterable[Employee]) -> set[int]:
    """The keys of those of `people` who may open it: see access.flows, whose rules these are, for many at once."""
    wanted = {person.pk for person in people}
    if not wanted:
        return set()
    tasks = FlowTask.objects.filter(instance=instance).filter(Q(assignee__in=wanted) | Q(acted_by__in=wanted))
    inside = {key for pair in tasks.values_list("assignee_id", "acted_by_id") for key in pair}
    standing_in = FlowTask.objects.filter(instance=instance, state=FlowTask.State.OPEN).exclude(
        kind__in=NOT_FOR_ANOTHER
    )
    inside |= set(delegates_of(standing_in.values("assignee_id")))
    return wanted & (inside | {instance.starter_id, instance.person_id})
