"""Changing how a source is read. Whoever changes names the edition they saw; the second to come changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.foundation.services.events import record
from accord.metrics.access.connections import may_set_up
from accord.metrics.connectors.registry import KINDS
from accord.metrics.connectors.secrets import decrypt, encrypt
from accord.metrics.errors.connections import (
    ConnectionArchived,
    ConnectionMovedOn,
    OwnerCannotSetUp,
    SettingsNotUsable,
    SourceNameTaken,
)
from accord.metrics.models import Connection, Source
from accord.people.models import Employee

State = Connection.State


@transaction.atomic
def change_settings(
    connection: Connection, edition: int, settings: Mapping[str, Any], secret: Mapping[str, str], actor: Employee
) -> None:
    """Set how the source is read. Parts of the secret that are left empty stay as they are.

    A stream that is read in another way is read again from its beginning. Raises SettingsNotUsable with what the
    connector says of the settings, ConnectionMovedOn for the second to come.
    """
    problems = KINDS[connection.kind].read_settings(settings)
    if problems:
        raise SettingsNotUsable(problems=" ".join(map(str, problems)))
    values: dict[str, Any] = {"settings": settings, "cursor": _cursor_after(connection, settings)}
    new_secret = merged_secret(connection, secret)
    if new_secret is not None:
        values["secret"] = new_secret
    claim(connection, edition, **values)
    if settings != connection.settings:
        record_change(connection, actor, ["settings"])
    if new_secret is not None:
        _record("secret_set", connection, actor)


@transaction.atomic
def rename(connection: Connection, edition: int, name: str, actor: Employee) -> None:
    """Give the source another name. Raises SourceNameTaken, ConnectionMovedOn."""
    name = name.strip()[:100]
    if name == connection.source.name:
        return
    if Source.objects.filter(name=name).exists():
        raise SourceNameTaken(source=name)
    claim(connection, edition)
    Source.objects.filter(pk=connection.source_id).update(name=name)
    record_change(connection, actor, ["name"])


@transaction.atomic
def set_schedule(connection: Connection, edition: int, every: int | None, now: datetime, actor: Employee) -> None:
    """Say how often the source is read: minutes between two runs, or None for only when somebody asks."""
    next_run = now + timedelta(minutes=every) if every and connection.state == State.ACTIVE else None
    claim(connection, edition, every=every, next_run_at=next_run)
    record_change(connection, actor, ["schedule"])


@transaction.atomic
def hand_over(connection: Connection, edition: int, owner: Employee, actor: Employee) -> None:
    """Give the source to somebody else, who is told from now on when it cannot be read. Raises OwnerCannotSetUp."""
    if owner.user is None or not may_set_up(owner.user):
        raise OwnerCannotSetUp(name=owner.name)
    if owner.pk == connection.owner_id:
        return
    claim(connection, edition, owner=owner)
    _record("handed_over", connection, actor, owner_id=owner.pk)


def merged_secret(connection: Connection, secret: Mapping[str, str]) -> str | None:
    """The stored secret with the parts that were typed; None where nothing was typed."""
    typed = {part: text for part, text in secret.items() if text}
    if not typed:
        return None
    return encrypt({**(decrypt(connection.secret) if connection.secret else {}), **typed})


def claim(connection: Connection, edition: int, **values: Any) -> None:
    """Write, in the caller's transaction, for whoever saw `edition`; `connection` goes along.

    Raises ConnectionMovedOn for the second to come, ConnectionArchived for what was put away.
    """
    seen = Connection.objects.filter(pk=connection.pk, edition=edition).exclude(state=State.ARCHIVED)
    if not seen.update(edition=F("edition") + 1, **values):
        is_archived = Connection.objects.filter(pk=connection.pk, state=State.ARCHIVED).exists()
        raise (ConnectionArchived if is_archived else ConnectionMovedOn)(source=connection.source.name)
    connection.edition = edition + 1


def record_change(connection: Connection, actor: Employee, changed: list[str]) -> None:
    """Record that a source was changed."""
    _record("changed", connection, actor, changed=changed)


def _record(what: str, connection: Connection, actor: Employee, **payload: object) -> None:
    subject = f"connections:{connection.pk}"
    record(f"connection.{what}", subject=subject, actor=actor.user, connection_id=connection.pk, **payload)


def _cursor_after(connection: Connection, settings: Mapping[str, Any]) -> dict[str, Any]:
    """How far was read, of the streams that stay as they were."""
    if _around(connection.settings) != _around(settings):
        return {}
    before, after = connection.settings.get("streams", {}), settings.get("streams", {})
    return {name: reached for name, reached in connection.cursor.items() if before.get(name) == after.get(name)}


def _around(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for all streams alike and says which system is read."""
    return {key: settings.get(key) for key in ("base", "zone", "url", "folder", "bucket")}
