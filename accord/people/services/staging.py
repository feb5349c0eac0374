"""Rows laid beside the tables for one set-based statement, and the turn that changes of the organisation take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from accord.foundation.inserting import fill_table

# Any number that nothing else in this database locks by.
_TURN = 0x0A6C_0D01


def take_turn() -> None:
    """Wait until no other transaction changes the organisation, so that what was checked still holds when written.

    SQLite's transactions are taken IMMEDIATE and wait for each other anyway. Must be called inside a transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def stage(table: str, columns: str, rows: Iterable[Sequence[Any]] = ()) -> None:
    """Make the temporary table `table` with `columns` (SQL) and fill it; what an earlier call left is dropped."""
    run(f"DROP TABLE IF EXISTS {table}", f"CREATE TEMPORARY TABLE {table} ({columns})")
    fill_table(table, (), rows)
    tell_planner(table)


def tell_planner(*tables: str) -> None:
    """Let PostgreSQL's planner know how large tables are that this transaction has just filled: it thinks them small.

    SQLite has no such need.
    """
    if connection.vendor == "postgresql":
        run(*(f"ANALYZE {table}" for table in tables))


def drop(*tables: str) -> None:
    """Drop temporary tables. Needed after success only: a transaction that is rolled back takes them along."""
    run(*(f"DROP TABLE {table}" for table in tables))


def run(*statements: str) -> int:
    """Execute statements without parameters; return how many rows the last one touched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return int(cursor.rowcount)
