"""What holds for all versions of a form or flow."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.models import DefinitionVersion, Flow
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.versions.kinds import AnyDefinition, kind_of, subject_of
from accord.workflow.services.versions.publication import ensure_sound

_KEPT = ("name", "name_en", "purpose", "approval_flow_id", "budget_seconds", "form_id", "is_offered")


@transaction.atomic
def save_settings(definition: AnyDefinition, actor: Employee) -> None:
    """Save changed settings, and keep in the archive what they were: nobody lifts an approval for an hour unseen.

    Raises DefinitionFaulty where the version in force of a flow does not fit another form.
    """
    stored = type(definition)._default_manager.get(pk=definition.pk)
    changed = [name for name in _KEPT if getattr(stored, name, None) != getattr(definition, name, None)]
    if not changed:
        return
    if isinstance(definition, Flow) and "form_id" in changed:
        _ensure_fits(definition)
    definition.save()
    kind, subject = kind_of(definition), subject_of(definition)
    facts = {name: [_plain(getattr(stored, name)), _plain(getattr(definition, name))] for name in changed}
    keep(f"{kind.code}.settings_changed", subject, {"name": definition.name, "changed": facts}, actor=actor)
    about = {"kind": kind.code, "definition_id": definition.pk, "changed": changed}
    record("definition.changed", subject=subject, actor=actor.user, **about)


def _ensure_fits(flow: Flow) -> None:
    for version in flow.versions.filter(state=DefinitionVersion.State.PUBLISHED):
        version.flow = flow
        ensure_sound(version)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
