"""Putting a fact on its way into the archive."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accord.domain.transparency.canonical import canonical
from accord.people.models import Employee
from accord.workflow.models import ArchiveEntry, ArchivePayload


@transaction.atomic
def keep(kind: str, subject: str, payload: Mapping[str, Any], *, actor: Employee | None = None) -> ArchiveEntry:
    """Write a fact for the log in the caller's transaction; the sealer numbers it soon after.

    `payload` is committed to by salt and digest, so that it can be erased while the log stays whole.
    """
    salt, text = secrets.token_hex(32), canonical(dict(payload))
    commit = hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()
    entry = ArchiveEntry.objects.create(
        kind=kind, subject=subject, actor=actor.employee_no if actor else "", at=timezone.now(), commit=commit
    )
    ArchivePayload.objects.create(entry=entry, salt=salt, payload=text)
    return entry
