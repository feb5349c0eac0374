"""Transactions that are on the disk when they are acknowledged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

# Less than this survives a crash of the process, but not of the machine or the server.
_SURE_ON_POSTGRESQL = """
    SELECT set_config('synchronous_commit', 'on', true)
    WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')
"""
_FULL = 2


@contextmanager
def durable() -> Iterator[None]:
    """Run a block as one transaction that has reached the disk when the block ends: a signature must not get lost.

    Other transactions may be lost with the last moments before a crash of the machine (SQLite's `synchronous=NORMAL`,
    PostgreSQL's `synchronous_commit=off` where somebody chose it). Raises RuntimeError inside another transaction.
    """
    if connection.vendor == "sqlite":
        with _written_through(), transaction.atomic(durable=True):
            yield
    else:
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute(_SURE_ON_POSTGRESQL)
            yield


@contextmanager
def _written_through() -> Iterator[None]:
    # SQLite takes the pragma only outside a transaction. Inside one there is nothing to do: only a test's transaction
    # may be around, others make the durable block raise.
    if connection.in_atomic_block:
        yield
        return
    usual = synchronous()
    _set_synchronous(_FULL)
    try:
        yield
    finally:
        if connection.connection is not None:
            _set_synchronous(usual)


def synchronous() -> int:
    """How thoroughly SQLite writes for this connection: 1 is NORMAL, 2 is FULL."""
    connection.ensure_connection()
    return int(connection.connection.execute("PRAGMA synchronous").fetchone()[0])


def _set_synchronous(level: int) -> None:
    connection.connection.execute(f"PRAGMA synchronous = {level}")


def is_sure() -> bool:
    """Whether this database keeps what a durable transaction acknowledges when the machine stops."""
    with durable():
        if connection.vendor == "sqlite":
            return synchronous() >= _FULL
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'")
            return bool(cursor.fetchone()[0])
