"""Lists of flows, narrowed by what one looks for, with whom each waits for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from accord.foundation.clock import organisation_day
from accord.people.models import Employee
from accord.workflow.models import FlowDelegation, FlowInstance, FlowTask, FlowVersion

MOST_AT_ONCE = 100
ONE_PRESS = timedelta(seconds=20)
SEARCHED = ("title", "version__flow__name", "version__flow__name_en", "starter__name", "person__name")


def narrowed_tasks(tasks: QuerySet[FlowTask], words: str, kind: str = "") -> QuerySet[FlowTask]:
    """The tasks of a kind whose flow holds all words in its title, name or people."""
    found = tasks.filter(_holding(words, "instance__"))
    return found.filter(kind=kind) if kind else found


def owed(tasks: QuerySet[FlowTask]) -> QuerySet[FlowTask]:
    """The tasks that ask for something; what is for information has a list of its own."""
    return tasks.exclude(kind=FlowTask.Kind.CC)


def urgent_first(tasks: QuerySet[FlowTask]) -> QuerySet[FlowTask]:
    """What is due comes first, the rest by when it came, the newest first."""
    return tasks.order_by(F("due_at").asc(nulls_last=True), "-id")


def narrowed_instances(instances: QuerySet[FlowInstance], words: str, state: str = "") -> QuerySet[FlowInstance]:
    """The flows in a state that hold all words in their title, name or people."""
    found = instances.filter(_holding(words, ""))
    return found.filter(state=state) if state else found


def picked_from(tasks: QuerySet[FlowTask], keys: Sequence[str]) -> QuerySet[FlowTask]:
    """The approvals among `tasks` with these keys, as they come out of a page; what is no key is left out."""
    wanted = [int(key) for key in keys[:MOST_AT_ONCE] if key.isdecimal() and len(key) < 19]
    return tasks.filter(pk__in=wanted, kind=FlowTask.Kind.APPROVE)


def is_answered(task: FlowTask, state: str, me: Employee) -> bool:
    """Whether `me` has given a task this answer."""
    return FlowTask.objects.filter(pk=task.pk, state=state, acted_by=me).exists()


def started_just_now(version: FlowVersion, me: Employee, title: str) -> FlowInstance | None:
    """What the same person started under the same title a moment ago: a button that was pressed twice."""
    since = timezone.now() - ONE_PRESS
    same = FlowInstance.objects.filter(starter=me, version=version, title=title, started_at__gte=since)
    return same.order_by("-pk").first()


def copied_to(me: Employee) -> QuerySet[FlowTask]:
    """What `me` was told of, unread first, then the newest."""
    told = FlowTask.objects.filter(assignee=me, kind=FlowTask.Kind.CC)
    read = Case(When(state=FlowTask.State.OPEN, then=0), default=1)
    return told.select_related("instance__version__flow", "instance__starter").order_by(read, "-id")


def waited_for(instances: Iterable[FlowInstance]) -> dict[int, list[FlowTask]]:
    """The tasks that the running ones among some flows wait for, by the key of the flow, in one statement."""
    running = [one.pk for one in instances if one.state == FlowInstance.State.RUNNING]
    owed = FlowTask.objects.filter(instance__in=running, state=FlowTask.State.OPEN).exclude(kind=FlowTask.Kind.CC)
    found: dict[int, list[FlowTask]] = {}
    for task in owed.select_related("assignee").order_by("place", "id"):
        found.setdefault(task.instance_id, []).append(task)
    return found


def delegations_of(me: Employee) -> QuerySet[FlowDelegation]:
    """Whom `me` named, the newest first."""
    return FlowDelegation.objects.filter(delegator=me).select_related("delegate").order_by("-valid_to", "-id")


def delegations_to(me: Employee) -> QuerySet[FlowDelegation]:
    """Who named `me`, for today or later."""
    current = FlowDelegation.objects.filter(delegate=me, valid_to__gte=organisation_day())
    return current.select_related("delegator").order_by("valid_from", "id")


def _holding(words: str, prefix: str) -> Q:
    each: Sequence[Q] = [
        reduce(or_, (Q(**{f"{prefix}{field}__icontains": word}) for field in SEARCHED)) for word in words.split()
    ]
    return reduce(lambda some, one: some & one, each, Q())
