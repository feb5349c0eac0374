"""One load at a time: the second waits until the first is committed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Any number, as long as nothing else locks on it.
_LOCK = 0x1A9007
_PATIENCE = 600
_USUAL = "PRAGMA busy_timeout"


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Open the transaction of a load. It waits up to ten minutes for another load, then raises OperationalError."""
    if connection.vendor == "sqlite":
        with _patient_sqlite(), transaction.atomic():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        yield


@contextmanager
def _patient_sqlite() -> Iterator[None]:
    """SQLite has one writer anyway; only the time to wait for it is longer here than for a page."""
    with connection.cursor() as cursor:
        cursor.execute(_USUAL)
        usual = cursor.fetchone()[0]
        cursor.execute(f"{_USUAL} = {_PATIENCE * 1000}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"{_USUAL} = {int(usual)}")
