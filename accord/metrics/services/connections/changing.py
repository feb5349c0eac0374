"""Changing how a source is read. Whoever changes names the edition they saw; the second to come changes nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from accord.foundation.services.events import record
from accord.metrics.access.connections import may_set_up
from accord.metrics.connectors.destinations import destinations
from accord.metrics.connectors.push import make_token
from accord.metrics.connectors.registry import problems_of
from accord.metrics.connectors.secrets import encrypt
from accord.metrics.errors.connections import (
    ConnectionArchived,
    ConnectionMovedOn,
    OwnerCannotSetUp,
    SecretWantedAgain,
    SettingsNotUsable,
    SourceNameTaken,
)
from accord.metrics.models import Connection, Source
from accord.people.models import Employee

State = Connection.State
Settings = Mapping[str, Any]


@transaction.atomic
def change_address(
    connection: Connection, edition: int, name: str, settings: Settings, secret: str, actor: Employee
) -> None:
    """Set the name of a source, how it is read, and its secret; an empty `secret` leaves the stored one as it is.

    Raises SourceNameTaken, SettingsNotUsable with what the connector says, SecretWantedAgain where the stored secret
    would be sent to another place, ConnectionMovedOn for the second to come.
    """
    name = name.strip()[:100]
    if name != connection.source.name and Source.objects.filter(name=name).exists():
        raise SourceNameTaken(source=name)
    change_settings(connection, edition, settings, secret, actor, also=_renamed(connection, name))


@transaction.atomic
def change_settings(
    connection: Connection, edition: int, settings: Settings, secret: str, actor: Employee, also: Sequence[str] = ()
) -> None:
    """Set how the source is read. A stream that is read in another way is read again from its beginning.

    `also` names what the caller's transaction has changed besides. Raises as `change_address` does.
    """
    problems = problems_of(connection.kind, settings)
    if problems:
        raise SettingsNotUsable(problems="; ".join(f"{problem.place}: {problem}" for problem in problems))
    connection.refresh_from_db(fields=["settings", "secret", "cursor"])
    if connection.secret and not secret and not destinations(settings) <= destinations(connection.settings):
        raise SecretWantedAgain(source=connection.source.name)
    changed = [*also, *(["settings"] if settings != connection.settings else [])]
    values: dict[str, Any] = {"settings": settings, "cursor": _cursor_after(connection, settings)}
    claim(connection, edition, **values, **({"secret": encrypt(secret)} if secret else {}))
    if changed:
        record_about("changed", connection, actor, changed=changed)
    if secret:
        record_about("secret_set", connection, actor)


@transaction.atomic
def set_schedule(
    connection: Connection, edition: int, every: int | None, owner: Employee, now: datetime, actor: Employee
) -> None:
    """Say how often the source is read (minutes between two runs, None: only when asked) and who looks after it.

    A new owner is told from now on when it cannot be read. Raises OwnerCannotSetUp, ConnectionMovedOn.
    """
    if owner.pk != connection.owner_id and (owner.user is None or not may_set_up(owner.user)):
        raise OwnerCannotSetUp(name=owner.name)
    next_run = now + timedelta(minutes=every) if every and connection.state == State.ACTIVE else None
    if every == connection.every:
        next_run = connection.next_run_at
    claim(connection, edition, every=every, next_run_at=next_run, owner=owner)
    if every != connection.every:
        record_about("changed", connection, actor, changed=["schedule"])
    if owner.pk != connection.owner_id:
        record_about("handed_over", connection, actor, owner_id=owner.pk)


@transaction.atomic
def renew_token(connection: Connection, edition: int, actor: Employee) -> str:
    """Make a token with which rows may be sent here. It is returned once; the one before it counts no longer."""
    token, stored = make_token()
    claim(connection, edition, secret=stored)
    record_about("secret_set", connection, actor)
    return token


def claim(connection: Connection, edition: int, **values: Any) -> None:
    """Write, in the caller's transaction, for whoever saw `edition`; `connection` learns its new edition.

    Raises ConnectionMovedOn for the second to come, ConnectionArchived for what was put away.
    """
    seen = Connection.objects.filter(pk=connection.pk, edition=edition).exclude(state=State.ARCHIVED)
    if not seen.update(edition=F("edition") + 1, **values):
        is_archived = Connection.objects.filter(pk=connection.pk, state=State.ARCHIVED).exists()
        raise (ConnectionArchived if is_archived else ConnectionMovedOn)(source=connection.source.name)
    connection.edition = edition + 1


def record_about(what: str, connection: Connection, actor: Employee, **payload: object) -> None:
    """Record a fact about a source."""
    subject = f"connections:{connection.pk}"
    record(f"connection.{what}", subject=subject, actor=actor.user, connection_id=connection.pk, **payload)


def _renamed(connection: Connection, name: str) -> list[str]:
    return ["name"] if Source.objects.filter(pk=connection.source_id).exclude(name=name).update(name=name) else []


def _cursor_after(connection: Connection, settings: Settings) -> dict[str, Any]:
    """How far was read, of the streams that stay as they were."""
    if _around(connection.settings) != _around(settings):
        return {}
    before, after = connection.settings.get("streams", {}), settings.get("streams", {})
    return {name: reached for name, reached in connection.cursor.items() if before.get(name) == after.get(name)}


def _around(settings: Settings) -> dict[str, Any]:
    """What holds for all streams alike and says which system is read."""
    return {key: each for key, each in settings.items() if key not in ("streams", "limits", "probe")}
