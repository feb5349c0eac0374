"""Publishing and retiring: what holds for everything that begins from now on."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.domain.transparency.canonical import canonical
from accord.foundation.language import readers_language
from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.errors.versions import DefinitionFaulty, NeedsApproval, NotReadyToPublish, OverBudget
from accord.workflow.models import DefinitionVersion, FormVersion
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.versions.kinds import facts_about, kind_of, subject_of

_State = DefinitionVersion.State


@transaction.atomic
def publish(version: DefinitionVersion, actor: Employee, reason: str = "") -> None:
    """Let a version hold for all that begins from now on, and retire the one before it; archived with its whole body.

    A draft may be published where no approval is asked for. Raises DefinitionFaulty, OverBudget, NeedsApproval and
    NotReadyToPublish.
    """
    definition = version.definition
    allowed = (_State.APPROVED,) if definition.approval_flow_id else (_State.DRAFT, _State.APPROVED)
    if version.state == _State.DRAFT and version.state not in allowed:
        raise NeedsApproval(name=definition.name, number=version.number)
    ensure_sound(version)
    keep_budget_reason(version, reason)
    now, model = timezone.now(), type(version)
    kind = kind_of(definition)
    earlier = model._default_manager.filter(**{kind.key: definition}, state=_State.PUBLISHED)
    earlier.update(state=_State.RETIRED, retired_at=now)
    body = canonical_body(version)
    ready = model._default_manager.filter(pk=version.pk, state__in=allowed, revision=version.revision)
    digest = hashlib.sha256(body.encode()).hexdigest()
    if not ready.update(state=_State.PUBLISHED, digest=digest, published_by=actor, published_at=now):
        raise NotReadyToPublish(number=version.number)
    subject = subject_of(version)
    keep(
        f"{kind.code}.published",
        subject,
        {
            "name": definition.name,
            "number": version.number,
            "digest": digest,
            "body": body,
            "note": version.note,
            "over_budget_reason": getattr(version, "over_budget_reason", ""),
        },
        actor=actor,
    )
    record("version.published", subject=subject, actor=actor.user, **facts_about(version))


@transaction.atomic
def retire(version: DefinitionVersion, actor: Employee) -> None:
    """Take the published version out of use; nothing new begins with it. Raises NotReadyToPublish for any other."""
    model = type(version)
    published = model._default_manager.filter(pk=version.pk, state=_State.PUBLISHED)
    if not published.update(state=_State.RETIRED, retired_at=timezone.now()):
        raise NotReadyToPublish(number=version.number)
    subject, kind = subject_of(version), kind_of(version.definition)
    keep(f"{kind.code}.retired", subject, {"name": version.definition.name, "number": version.number}, actor=actor)
    record("version.retired", subject=subject, actor=actor.user, **facts_about(version))


def ensure_sound(version: DefinitionVersion) -> None:
    """Raises DefinitionFaulty with the first problem of a version, in the reader's language."""
    faults = kind_of(version.definition).faults(version)
    if faults:
        raise DefinitionFaulty(number=version.number, problem=faults[0].explain(readers_language()))


def keep_budget_reason(version: DefinitionVersion, reason: str) -> None:
    """Keep why a form may take longer than agreed. Raises OverBudget where it does and nobody said why."""
    if not isinstance(version, FormVersion):
        return
    budget = version.form.budget_seconds
    if version.predicted_seconds <= budget:
        return
    version.over_budget_reason = reason.strip() or version.over_budget_reason
    if not version.over_budget_reason:
        minutes = -(-version.predicted_seconds // 60)
        raise OverBudget(number=version.number, minutes=minutes, budget=budget // 60)
    FormVersion._default_manager.filter(pk=version.pk).update(over_budget_reason=version.over_budget_reason)


def canonical_body(version: DefinitionVersion) -> str:
    """The body as it is digested: decimals as text, keys sorted."""
    return canonical(_exact(version.body))


def _exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _exact(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_exact(each) for each in value]
    return repr(value) if isinstance(value, float) else value
