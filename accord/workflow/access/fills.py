"""Who may see and write in a form that is filled in.

Whoever fills it in; those whose turn it is or was in the flow it runs through, with the rights of their step; whoever
started that flow; and, once it is submitted, the person it is about, with the rights of the step `person` if the form
has one. Nobody else: a line manager or HR partner sees it only where a flow asks them. Fields that a step hides stay
hidden, with their files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accord.people.access import Actor, own_employee
from accord.people.models import Employee
from accord.workflow.models import Attachment, FlowTask, FormFill
from accord.workflow.queries.delegations import NOT_FOR_ANOTHER, delegations_held
from accord.workflow.queries.schema import ONLOOKER, PERSON, RELATED, START, field_of, right_of, steps_of
from accord.workflow.services.flows.graphs import graph_of


@dataclass(frozen=True)
class SeenFill:
    """A fill as one person sees it: at which `step`, whether they may write now, and the task that asks them to."""

    fill: FormFill
    me: Employee
    step: str
    may_edit: bool
    task: FlowTask | None = None

    @property
    def may_submit(self) -> bool:
        """Whether it is submitted here; in the turn of a flow that is done on the page of the task."""
        return self.may_edit and self.task is None


def own_drafts(actor: Actor) -> QuerySet[FormFill]:
    """What `actor` has begun to fill in and not submitted, the newest first."""
    drafts = FormFill.objects.filter(author=own_employee(actor), state=FormFill.State.DRAFT)
    return drafts.select_related("version__form", "person").order_by("-id")


def own_submitted(actor: Actor) -> QuerySet[FormFill]:
    """What `actor` has handed in, the newest first."""
    done = FormFill.objects.filter(author=own_employee(actor), state=FormFill.State.SUBMITTED)
    return done.select_related("version__form", "person").order_by("-submitted_at", "-id")


def fill_for(actor: Actor, pk: int) -> SeenFill:
    """The fill `pk` as `actor` sees it. Raises Http404."""
    seen = fill_if_seen(actor, pk)
    if seen is None:
        raise Http404
    return seen


def fill_if_seen(actor: Actor, pk: int) -> SeenFill | None:
    """The same; None for whoever may not see it. Raises Http404 where there is none."""
    me = own_employee(actor)
    fill = get_object_or_404(FormFill.objects.select_related(*RELATED).exclude(state=FormFill.State.DISCARDED), pk=pk)
    return _in_a_turn(fill, me) or _on_ones_own(fill, me) if me else None


def fill_to_write(actor: Actor, pk: int) -> SeenFill:
    """The fill `pk` for somebody whose turn it is. Raises Http404, or PermissionDenied for those who may only read."""
    seen = fill_for(actor, pk)
    if not seen.may_edit:
        raise PermissionDenied
    return seen


def draft_to_discard(actor: Actor, pk: int) -> SeenFill:
    """The draft `pk` for its author. Raises Http404, or PermissionDenied for others and once it is submitted."""
    seen = fill_to_write(actor, pk)
    if not seen.may_submit or seen.fill.author_id != seen.me.pk:
        raise PermissionDenied
    return seen


def field_to_write(seen: SeenFill, key: str, kind: str) -> Mapping[str, Any]:
    """The settings of a field of one kind that may be written in. Raises Http404 where there is none."""
    settings = field_of(seen.fill.version, key)
    if settings is None or settings["kind"] != kind or right_of(settings, seen.step) != "edit":
        raise Http404
    return settings


def attachment_for(actor: Actor, pk: int) -> Attachment:
    """The file `pk` for somebody who sees the field it was handed in with. Raises Http404."""
    attachment = get_object_or_404(Attachment, pk=pk)
    seen = fill_for(actor, attachment.fill_id)
    settings = field_of(seen.fill.version, attachment.field_key)
    if settings is None or right_of(settings, seen.step) == "hide":
        raise Http404
    return attachment


def _in_a_turn(fill: FormFill, me: Employee) -> SeenFill | None:
    """As somebody whom the flow asks, or has asked; what is owed now comes first."""
    # A delegate may do what is open, but not decide about what they started themselves or what is about them.
    held = delegations_held(me.pk).values("delegator_id")
    own = Q(instance__starter=me) | Q(instance__person=me) | Q(kind__in=NOT_FOR_ANOTHER)
    stood_in = Q(assignee__in=held, state=FlowTask.State.OPEN) & ~own
    tasks = (
        FlowTask.objects.filter(Q(assignee=me) | Q(acted_by=me) | stood_in, instance__fill=fill)
        # Whoever was asked and found somebody faster has seen it; whose turn never came has not.
        .exclude(Q(state=FlowTask.State.WAITING) | Q(state=FlowTask.State.CANCELLED, opened_at=None))
        .select_related("instance__version")
        .order_by("-id")
    )
    found = sorted(tasks, key=_is_owed, reverse=True)
    if not found:
        return None
    task = found[0]
    step = graph_of(task.instance.version).node(task.node_key).step
    if not _is_owed(task):
        return _on_ones_own(fill, me) or SeenFill(fill, me, step, may_edit=False)
    return SeenFill(fill, me, step, may_edit=bool(step), task=task)


def _is_owed(task: FlowTask) -> bool:
    return task.state == FlowTask.State.OPEN and task.kind in (FlowTask.Kind.FILL, FlowTask.Kind.APPROVE)


def _on_ones_own(fill: FormFill, me: Employee) -> SeenFill | None:
    """As author, starter of its flow, or whom it is about."""
    is_draft = fill.state == FormFill.State.DRAFT
    if fill.author_id == me.pk:
        return SeenFill(fill, me, START, may_edit=is_draft)
    instance = getattr(fill, "instance", None)
    if instance and instance.starter_id == me.pk:
        return SeenFill(fill, me, START, may_edit=False)
    if fill.person_id == me.pk and not is_draft:
        return SeenFill(fill, me, PERSON if PERSON in steps_of(fill.version) else ONLOOKER, may_edit=False)
    return None
