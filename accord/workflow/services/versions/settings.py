"""What holds for all versions of a definition."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accord.foundation.services.events import record
from accord.people.models import Employee
from accord.workflow.models import Definition, DefinitionVersion
from accord.workflow.services.archive.keeping import keep
from accord.workflow.services.versions.kinds import kind_of, subject_of
from accord.workflow.services.versions.publication import ensure_sound

_KEPT = ("name", "name_en", "purpose", "approval_flow_id")


@transaction.atomic
def save_settings(definition: Definition, actor: Employee) -> None:
    """Save changed settings, and keep in the archive what they were: nobody lifts an approval for an hour unseen.

    Raises DefinitionFaulty where the version in force does not fit what changes, as a flow another form.
    """
    stored = type(definition)._default_manager.get(pk=definition.pk)
    kind, subject = kind_of(definition), subject_of(definition)
    changed = [name for name in (*_KEPT, *kind.settings) if getattr(stored, name) != getattr(definition, name)]
    if not changed:
        return
    if set(changed) & set(kind.binding):
        _ensure_fits(definition, kind.key)
    definition.save()
    facts = {name: [_plain(getattr(stored, name)), _plain(getattr(definition, name))] for name in changed}
    keep(f"{kind.code}.settings_changed", subject, {"name": definition.name, "changed": facts}, actor=actor)
    about = {"kind": kind.code, "definition_id": definition.pk, "changed": changed}
    record("definition.changed", subject=subject, actor=actor.user, **about)


def _ensure_fits(definition: Definition, key: str) -> None:
    for version in definition.all_versions.filter(state=DefinitionVersion.State.PUBLISHED):
        setattr(version, key, definition)
        ensure_sound(version)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
