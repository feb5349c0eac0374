"""What holds for all versions of a form or flow."""

from __future__ import annotations

from django.db import transaction

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.versions.kinds import AnyDefinition, kind_of


@transaction.atomic
def save_settings(definition: AnyDefinition, actor: Employee) -> None:
    """Save changed settings. Another approval is kept in the archive: nobody turns it off for an hour unseen."""
    before = type(definition)._default_manager.select_related("approval_flow").get(pk=definition.pk).approval_flow
    definition.save()
    if before == definition.approval_flow:
        return
    kind, subject = kind_of(definition), f"{definition._meta.db_table}:{definition.pk}"
    facts = {"before": before.code if before else "", "after": getattr(definition.approval_flow, "code", "")}
    keep(f"{kind.code}.approval_changed", subject, {"name": definition.name, **facts}, actor=actor)
    about = {"kind": kind.code, "definition_id": definition.pk}
    record("definition.approval_changed", subject=subject, actor=actor.user, **about)
