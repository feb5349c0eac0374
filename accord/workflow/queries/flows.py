"""Reads of flows: what somebody owes, has done, has started."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accord.people.models import Employee
from accord.workflow.models import FlowInstance, FlowTask
from accord.workflow.queries.delegations import NOT_FOR_ANOTHER, represented_by


def tasks_in_full() -> QuerySet[FlowTask]:
    """Tasks with their instance and people, in one statement; the body of the version is left where it is."""
    return FlowTask.objects.select_related(
        "instance__version__flow", "instance__starter", "instance__person", "assignee"
    ).defer("instance__version__body")


def inbox(actor: Employee) -> QuerySet[FlowTask]:
    """What `actor` owes or has not read yet, the newest first: their own, and what they may do as a delegate today.

    A task is somebody else's where `assignee` is not the actor; signing never is, nor what the actor started or
    what is about them.
    """
    delegated = ~Q(kind__in=NOT_FOR_ANOTHER) & ~Q(instance__starter=actor) & ~Q(instance__person=actor)
    mine = Q(assignee=actor) | delegated
    people = represented_by(actor.pk)
    return tasks_in_full().filter(mine, state=FlowTask.State.OPEN, assignee__in=people).order_by("-pk")


def done(actor: Employee) -> QuerySet[FlowTask]:
    """What was asked of `actor` and has its answer, the newest first."""
    return tasks_in_full().filter(assignee=actor).exclude(acted_at=None).order_by("-acted_at")


def started_by(actor: Employee) -> QuerySet[FlowInstance]:
    """What `actor` started, the newest first."""
    instances = FlowInstance.objects.select_related("version__flow", "person").defer("version__body", "values")
    return instances.filter(starter=actor).order_by("-pk")
