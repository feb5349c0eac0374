"""Putting a fact on its way into the archive."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accord.domain.transparency.canonical import canonical
from accord.domain.transparency.records import KIND, SUBJECT, commitment
from accord.foundation.services.jobs import enqueue_once
from accord.people.models import Employee
from accord.workflow.jobs.archive_sealing import seal_waiting
from accord.workflow.models import ArchiveEntry, ArchivePseudonym

# Written by hand, because every signature waits for them: models would take four times as long.
_ENTRY = """
    INSERT INTO archive_entries (kind, subject, actor, at, "commit") VALUES (%s, %s, %s, %s, %s) RETURNING id
"""
_PAYLOAD = "INSERT INTO archive_payloads (entry_id, salt, payload) VALUES (%s, %s, %s)"
_KNOWN_AS = "SELECT name FROM archive_pseudonyms WHERE employee_id = %s"
_ABOUT = "INSERT INTO archive_about (entry_id, employee_id) VALUES (%s, %s)"


def keep(
    kind: str,
    subject: str,
    payload: Mapping[str, Any],
    *,
    actor: Employee | None = None,
    about: Iterable[Employee] = (),
) -> ArchiveEntry:
    """Write a fact for the log in the caller's transaction; the sealer numbers it a moment after the commit.

    `payload` is plain values (decimals and times as text). Only a salted commitment to it goes into the log, so that it
    can be erased while the log stays whole: `about` names the people whose personal data it holds. The log knows
    `actor` by a pseudonym. `kind` is like `document.signed`, `subject` like `documents:17`; neither may name a person,
    for they stay for ever. Raises ValueError for another form of them, TypeError for a payload without canonical form.
    """
    if not KIND.fullmatch(kind) or not SUBJECT.fullmatch(subject):
        raise ValueError(f"the archive takes no kind {kind!r} or subject {subject!r}")
    salt, text = secrets.token_hex(32), canonical(dict(payload))
    # Without a savepoint: what fails from here on fails the whole of what the caller does.
    with transaction.atomic(savepoint=False):
        entry = ArchiveEntry(
            kind=kind,
            subject=subject,
            actor=pseudonym_of(actor) if actor else "",
            at=timezone.now(),
            commit=commitment(salt, text),
        )
        _insert(entry, salt, text, {person.pk for person in about})
        transaction.on_commit(_wake.ask, robust=True)
    return entry


def _insert(entry: ArchiveEntry, salt: str, text: str, about: Iterable[int]) -> None:
    at = connection.ops.adapt_datetimefield_value(entry.at)
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, [entry.kind, entry.subject, entry.actor, at, entry.commit])
        entry.pk = cursor.fetchone()[0]
        cursor.execute(_PAYLOAD, [entry.pk, salt, text])
        # One statement for one person as for a thousand of them.
        if about_whom := [[entry.pk, person] for person in about]:
            cursor.executemany(_ABOUT, about_whom)
    entry._state.adding = False


def pseudonym_of(person: Employee) -> str:
    """By what name the log knows `person`: random, made at first need, and forgotten when its row is deleted."""
    # Each signature asks, and almost always the name is there.
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_AS, [person.pk])
        known = cursor.fetchone()
    if known:
        return str(known[0])
    row, _ = ArchivePseudonym.objects.get_or_create(employee=person, defaults={"name": secrets.token_hex(16)})
    return row.name


class _Wake:
    """Asks for the sealer, at most once a second from each process: under load one round seals what many have kept.

    What is kept in between waits for the schedule, which asks too.
    """

    PAUSE = 1.0

    def __init__(self) -> None:
        self.asked_at = float("-inf")

    def ask(self) -> None:
        if time.monotonic() - self.asked_at >= self.PAUSE:
            self.asked_at = time.monotonic()
            enqueue_once(seal_waiting, seal_waiting.module_path)


_wake = _Wake()
