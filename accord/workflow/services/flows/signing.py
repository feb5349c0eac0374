"""Sign nodes: going on when the document was signed, refused or ran out of time."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.domain.flow_graph import Then
from accord.workflow.models import Document, DocumentParty, FlowAct, FlowInstance, FlowTask
from accord.workflow.services.flows.change import Change
from accord.workflow.services.flows.claiming import claim
from accord.workflow.services.flows.laying_out import save
from accord.workflow.services.flows.returning import send_back
from accord.workflow.services.flows.walking import end, settle

State = FlowTask.State
SIGNED, REFUSED = DocumentParty.State.SIGNED, DocumentParty.State.REFUSED


def follow_signature(document_id: int, kind: str, subject: str) -> None:
    """Reaction to `document.party_signed`, `document.signed` and `document.refused`: what was signed is done here too.

    A refusal rejects the instance with its reason. Running again changes nothing.
    """
    document = _of_flow(document_id)
    if document is None:
        return
    acted = document.parties.filter(state__in=(SIGNED, REFUSED)).select_related("employee__user").order_by("acted_at")
    for party in acted:
        _follow(document, party)


@transaction.atomic
def follow_expiry(document_id: int, kind: str, subject: str) -> None:
    """Reaction to `document.expired`: back to the start, or rejected, as the node says."""
    document = _of_flow(document_id)
    if document is None or not _stands_at(document):
        return
    instance = _instance(document)
    change = Change(instance, None)
    claim(instance)
    if change.graph.node(document.node_key).expired == Then.RETURN:
        start = change.graph.start.key
        change.note(FlowAct.Kind.RETURNED, to_node=start, reason="rule:expired")
        send_back(change, start)
    else:
        change.note(FlowAct.Kind.REJECTED, reason="rule:expired")
        FlowTask.objects.filter(instance=instance, node_key=document.node_key, state=State.OPEN).update(
            state=State.CANCELLED
        )
        end(change, FlowInstance.State.REJECTED)
    save(change)


@transaction.atomic
def _follow(document: Document, party: DocumentParty) -> None:
    """Give the party's task the answer that stands in the document."""
    task = FlowTask.objects.filter(
        instance=document.instance_id,
        node_key=document.node_key,
        round=document.round,
        assignee=party.employee_id,
        state=State.OPEN,
    ).first()
    if task is None or not _stands_at(document):
        return
    instance = _instance(document)
    claim(instance)
    state, act = (
        (State.AGREED, FlowAct.Kind.SIGNED) if party.state == SIGNED else (State.REJECTED, FlowAct.Kind.REJECTED)
    )
    answered = FlowTask.objects.filter(pk=task.pk, state=State.OPEN)
    if not answered.update(state=state, acted_at=party.acted_at or timezone.now(), acted_by=party.employee):
        return
    change = Change(instance, party.employee)
    change.note(act, task=task, reason=party.reason)
    settle(change)
    save(change)


def _of_flow(document_id: int) -> Document | None:
    return Document.objects.filter(pk=document_id).exclude(instance=None).first()


def _instance(document: Document) -> FlowInstance:
    return FlowInstance.objects.select_related("version", "starter__user").get(documents=document.pk)


def _stands_at(document: Document) -> bool:
    """Whether the flow still waits for this document."""
    return FlowInstance.objects.filter(
        documents=document.pk,
        state=FlowInstance.State.RUNNING,
        node_key=document.node_key,
        round=document.round,
    ).exists()
