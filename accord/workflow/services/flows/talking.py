"""Reminding, commenting, having read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.flows import MentionedOutsider, NobodyToNudge, NothingSaid, NotYourTask, NudgedAlready
from accord.workflow.models import FlowAct, FlowInstance, FlowTask
from accord.workflow.queries.participants import participants_among
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim_running
from accord.workflow.services.flows.telling import tell_mentioned, tell_nudged

State = FlowTask.State


@transaction.atomic
def nudge(instance: FlowInstance, actor: Employee) -> None:
    """Remind those who owe something, once a day. Raises NotYourTask, NudgedAlready, NobodyToNudge or FlowOver."""
    if actor.pk != instance.starter_id:
        raise NotYourTask(name=instance.starter.name)
    now = claim_running(instance)
    owed = list(_owed(now))
    midnight = timezone.make_aware(datetime.combine(organisation_day(), time.min), timezone.get_default_timezone())
    if FlowAct.objects.filter(instance=now, kind=FlowAct.Kind.NUDGED, at__gte=midnight).exists():
        raise NudgedAlready(names="、".join(task.assignee.name for task in owed))
    if not owed:
        raise NobodyToNudge
    change = Change(now, actor)
    FlowTask.objects.filter(pk__in=[task.pk for task in owed]).update(nudged_at=change.now)
    change.note(FlowAct.Kind.NUDGED)
    change.save()
    tell_nudged(now, owed, organisation_day())


@transaction.atomic
def comment(instance: FlowInstance, actor: Employee, text: str, mentions: Sequence[Employee] = ()) -> None:
    """Say something that stands in the history; whoever is mentioned is told. At the end of a flow as well.

    Raises NothingSaid, and MentionedOutsider for somebody who could not open it.
    """
    if not text.strip():
        raise NothingSaid
    inside = participants_among(instance, mentions)
    for person in mentions:
        if person.pk not in inside:
            raise MentionedOutsider(name=person.name)
    change = Change(instance, actor)
    change.note(FlowAct.Kind.COMMENTED, reason=text, mentions=[person.pk for person in mentions])
    change.save()
    tell_mentioned(instance, actor, [person for person in mentions if person.pk != actor.pk], change.now)


@transaction.atomic
def mark_read(task: FlowTask, actor: Employee) -> None:
    """Note that somebody has read what they were told; the first time counts."""
    mine = FlowTask.objects.filter(pk=task.pk, assignee=actor, kind=FlowTask.Kind.CC, state=State.OPEN)
    if mine.update(state=State.READ, acted_at=timezone.now(), acted_by=actor):
        subject = f"flow_instances:{task.instance_id}"
        about = {"instance_id": task.instance_id, "task_id": task.pk, "what": State.READ.value}
        record("flow.acted", subject=subject, actor=actor.user, **about)


def _owed(instance: FlowInstance) -> QuerySet[FlowTask]:
    tasks = FlowTask.objects.filter(instance=instance, state=State.OPEN).exclude(kind=FlowTask.Kind.CC)
    return tasks.select_related("assignee__user")
