"""Taking a flow back."""

from __future__ import annotations

from django.db import transaction

from accord.people.models import Employee
from accord.workflow.errors.flows import NotYourTask
from accord.workflow.models import Document, FlowAct, FlowInstance, FlowTask
from accord.workflow.services.documents import call_off
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim_running
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.walking import end


@transaction.atomic
def withdraw(instance: FlowInstance, actor: Employee, reason: str = "") -> None:
    """Take back what one started, wherever it stands. Raises NotYourTask for others, FlowOver at its end."""
    if actor.pk != instance.starter_id:
        raise NotYourTask(name=instance.starter.name)
    now = claim_running(instance)
    change = Change(now, actor)
    cancel_open(now)
    call_off_documents(now, reason, actor)
    change.note(FlowAct.Kind.WITHDRAWN, reason=reason)
    end(change, FlowInstance.State.WITHDRAWN)
    save(change)


def cancel_open(instance: FlowInstance) -> None:
    """Nobody owes anything here any more; what was told stays to be read."""
    pending = FlowTask.objects.filter(instance=instance, state__in=(FlowTask.State.OPEN, FlowTask.State.WAITING))
    pending.exclude(kind=FlowTask.Kind.CC).update(state=FlowTask.State.CANCELLED)


def call_off_documents(instance: FlowInstance, reason: str, actor: Employee | None) -> None:
    """End the documents that still wait for signatures."""
    for document in Document.objects.filter(instance=instance, state=Document.State.OPEN):
        call_off(document, reason, actor)
