"""Rows laid beside the tables for one set-based statement, and the turn that changes of the organisation take."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

# Any number that nothing else in this database locks by.
_TURN = 0x0A6C_0D01
_BATCH = 20_000


def take_turn() -> None:
    """Wait until no other transaction changes the organisation, so that what was checked still holds when written.

    SQLite's transactions are taken IMMEDIATE and wait for each other anyway. Must be called inside a transaction.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def stage(table: str, columns: str, rows: Iterable[Sequence[Any]] = ()) -> None:
    """Make the temporary table `table` with `columns` (SQL) and fill it; what an earlier call left is dropped."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {table}")
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns})")
        batch: list[Sequence[Any]] = []
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                _insert(cursor, table, batch)
                batch = []
        if batch:
            _insert(cursor, table, batch)
        if connection.vendor == "postgresql":
            # Without statistics the planner takes a temporary table for a small one.
            cursor.execute(f"ANALYZE {table}")


def drop(*tables: str) -> None:
    """Drop temporary tables. Needed after success only: a transaction that is rolled back takes them along."""
    run(*(f"DROP TABLE {table}" for table in tables))


def run(*statements: str) -> int:
    """Execute statements without parameters; return how many rows the last one touched."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return int(cursor.rowcount)


def _insert(cursor: Any, table: str, rows: list[Sequence[Any]]) -> None:
    places = ", ".join(["%s"] * len(rows[0]))
    cursor.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608 (tables are named in code only)
