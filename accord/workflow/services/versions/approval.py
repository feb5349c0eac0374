"""Publishing through approval: a draft goes through the flow that its definition names."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.versions import NoApprovalFlow, NobodyApproves, NotADraft
from accord.workflow.models import DefinitionVersion, FlowAct, FlowInstance
from accord.workflow.services.flows import start
from accord.workflow.services.versions.kinds import facts_about, kind_of, kinds, subject_of
from accord.workflow.services.versions.publication import ensure_sound, keep_budget_reason

_State = DefinitionVersion.State


@transaction.atomic
def submit_for_approval(version: DefinitionVersion, actor: Employee, reason: str = "") -> FlowInstance:
    """Send a draft through its approval; it cannot be changed meanwhile.

    `reason` says why it may take longer than the budget, where it does. Raises NotADraft, DefinitionFaulty, OverBudget,
    NoApprovalFlow, or NobodyApproves where the flow would ask nobody but `actor`.
    """
    ensure_sound(version)
    keep_budget_reason(version, reason)
    flow = version.definition.approval_flow
    published = flow.versions.filter(state=_State.PUBLISHED).first() if flow else None
    if published is None:
        raise NoApprovalFlow(name=version.definition.name)
    drafts = type(version)._default_manager.filter(pk=version.pk, state=_State.DRAFT, revision=version.revision)
    if not drafts.update(state=_State.IN_REVIEW):
        raise NotADraft(number=version.number)
    kind = kind_of(version.definition)
    instance = start(
        published,
        actor,
        title=_title(version),
        subject=subject_of(version),
        url=reverse(f"{kind.area}:{kind.code}_version_difference", args=[version.pk]),
    )
    if instance.state != FlowInstance.State.RUNNING:
        raise NobodyApproves(name=version.definition.name)
    record(
        "version.submitted",
        subject=subject_of(version),
        actor=actor.user,
        **facts_about(version),
        instance_id=instance.pk,
    )
    return instance


def follow_approval(instance_id: int, subject: str, outcome: str) -> None:
    """What an ended flow means for the version it was about: approved, or a draft again. For other subjects nothing.

    Only the flow it was sent through last counts: what an earlier one decided was about other words. And it takes
    somebody's answer beside that of whoever sent it, however the flow came to its end.
    """
    table, _colon, key = subject.partition(":")
    model = next((kind.versions for kind in kinds().values() if kind.versions._meta.db_table == table), None)
    version = model._default_manager.filter(pk=int(key)).first() if model else None
    if version is None or FlowInstance.objects.filter(subject=subject, pk__gt=instance_id).exists():
        return
    approved = outcome == FlowInstance.State.FINISHED and _was_answered(instance_id)
    _settle(
        version, _State.APPROVED if approved else _State.DRAFT, "version.approved" if approved else "version.sent_back"
    )


def _was_answered(instance_id: int) -> bool:
    """Whether somebody agreed who did not start it."""
    agreed = FlowAct.objects.filter(instance=instance_id, kind__in=(FlowAct.Kind.AGREED, FlowAct.Kind.SIGNED))
    return agreed.exclude(actor=F("instance__starter")).exists()


@transaction.atomic
def _settle(version: DefinitionVersion, state: DefinitionVersion.State, event: str) -> None:
    waiting = type(version)._default_manager.filter(pk=version.pk, state=_State.IN_REVIEW)
    if waiting.update(state=state):
        record(event, subject=subject_of(version), **facts_about(version))


def _title(version: DefinitionVersion) -> str:
    """In the language of the house: everybody who decides reads the same title."""
    with override("zh-hans"):
        return _("Publish “%(name)s”, version %(number)s") % {"name": version.definition.name, "number": version.number}
