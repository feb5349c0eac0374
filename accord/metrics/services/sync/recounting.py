"""Counting landed rows anew after a rule was made or changed, without asking the source."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accord.foundation.models import User
from accord.foundation.services import events
from accord.metrics.models import Connection, MetricMapping
from accord.metrics.services.sync.bringing import Bringing
from accord.metrics.services.sync.cursors import Kept


def remap(mapping: MetricMapping, actor: User | None = None) -> bool:
    """Count the rows by the rule as it is now (`version` + 1 by whoever changed it), in one transaction.

    False where the rows here lack a field that it needs: the next run reads the whole stream again, and until then the
    values stay as they are. A period whose oldest rows have lost their fields keeps its values.
    """
    with transaction.atomic():
        bringing = Bringing(mapping.connection_id, timezone.now(), actor)
        mapped = next(each for each in bringing.rules if each.mapping.pk == mapping.pk)
        if not Kept(bringing.connection.cursor).has_fields_for(mapped):
            return False
        bringing.bring({}, {})
        events.record(
            "mapping.recounted",
            subject=f"connections:{mapping.connection_id}",
            actor=actor,
            connection_id=mapping.connection_id,
            mapping_id=mapping.pk,
        )
    return True


def forget_cursor(connection: Connection) -> None:
    """Let the next run read everything from the beginning, for example when other rows are asked for."""
    cursor = {stream: {**kept, "at": {}} for stream, kept in connection.cursor.items()}
    Connection.objects.filter(pk=connection.pk).update(cursor=cursor)
