"""Who the names of a source are, said by somebody who knows."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accord.domain.row_mapping import By
from accord.foundation.models import User
from accord.foundation.services import events
from accord.metrics.errors.sync import IdentityNotOfThatKind, OutOfReach
from accord.metrics.models import Identity
from accord.metrics.services.sync.bringing import Bringing
from accord.metrics.services.sync.names import is_within
from accord.people.access import import_reach, own_employee_id
from accord.people.models import Employee, OrgUnit


def resolve(identity: Identity, whom: Employee | OrgUnit, actor: User) -> int:
    """`identity` is `whom`: the rows that waited for it, and those that counted for somebody else, count for them at
    once. Returns in how many rows the name stands.

    Raises IdentityNotOfThatKind, or OutOfReach for somebody about whom `actor` may not bring in numbers.
    """
    is_unit = isinstance(whom, OrgUnit)
    if is_unit != (identity.by == By.UNIT_PATH):
        raise IdentityNotOfThatKind(name=identity.name)
    if not is_within(-whom.pk if is_unit else whom.pk, import_reach(actor)):
        raise OutOfReach(whose=str(whom))
    said = {"employee": None if is_unit else whom, "org_unit": whom if is_unit else None, "is_ignored": False}
    return _say(identity, "identity.resolved", actor, said)


def ignore(identity: Identity, actor: User) -> None:
    """`identity` is nobody: its rows count for no one and are asked about no more."""
    _say(identity, "identity.ignored", actor, {"employee": None, "org_unit": None, "is_ignored": True})


def _say(identity: Identity, event: str, actor: User, said: Mapping[str, object]) -> int:
    with transaction.atomic():
        now = timezone.now()
        bringing = Bringing(identity.connection_id, now, actor)
        by = {"resolved_by_id": own_employee_id(actor), "resolved_at": now}
        Identity.objects.filter(pk=identity.pk).update(**said, **by)
        bringing.follow([identity.pk])
        events.record(
            event,
            subject=f"connections:{identity.connection_id}",
            actor=actor,
            connection_id=identity.connection_id,
            identity_id=identity.pk,
        )
    identity.refresh_from_db()
    return identity.rows
