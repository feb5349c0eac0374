"""Connecting a source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accord.foundation.services.events import record
from accord.metrics.connectors.secrets import encrypt
from accord.metrics.errors.connections import SourceNameTaken
from accord.metrics.models import Connection, Source
from accord.people.models import Employee


@transaction.atomic
def make_connection(
    name: str,
    kind: str,
    preset: str,
    settings: Mapping[str, Any],
    secret: str,
    actor: Employee,
    every: int | None = None,
) -> Connection:
    """Connect the source of this name as a draft of `actor`. A source that files have been imported from before keeps
    its values and is connected now.

    Raises SourceNameTaken where the source of this name is connected already.
    """
    source, _made = Source.objects.get_or_create(name=name.strip()[:100])
    connection, made = Connection.objects.get_or_create(
        source=source,
        defaults={
            "kind": kind,
            "preset": preset,
            "settings": settings,
            "secret": encrypt(secret),
            "owner": actor,
            "every": every,
        },
    )
    if not made:
        raise SourceNameTaken(source=source.name)
    subject = f"connections:{connection.pk}"
    record("connection.made", subject=subject, actor=actor.user, connection_id=connection.pk)
    if secret:
        record("connection.secret_set", subject=subject, actor=actor.user, connection_id=connection.pk)
    return connection
