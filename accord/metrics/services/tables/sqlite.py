"""SQLite: the table is its own key, so rows come and go in the order of the key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame

# So many rows at a time become Python objects.
_SLICE = 20_000
_FOUND = {"series_id": pl.Int64, "value": pl.Int64}
# CROSS JOIN keeps the order of the loops: each key is looked up once.
_LOOKUP = """
    SELECT m.series_id AS series_id, m.value AS value
    FROM json_each(%s) AS wanted CROSS JOIN measurements AS m
    WHERE m.period = %s AND m.series_id = wanted.value
"""
_ADD_SERIES = """
    INSERT INTO series (metric_id, employee_id, org_unit_id) VALUES (?1, nullif(max(?2, 0), 0), nullif(max(-?2, 0), 0))
    ON CONFLICT DO NOTHING
"""
_INSERT = "INSERT INTO measurements (period, series_id, value, batch_id, row) VALUES (?, ?, ?, {batch}, ?)"
_KEEP = """
    INSERT INTO measurement_revisions (period, series_id, value, batch_id, row, replaced_by_id)
    SELECT period, series_id, value, batch_id, row, {batch} FROM measurements WHERE period = ? AND series_id = ?
"""
_UPDATE = "UPDATE measurements SET value = ?, batch_id = {batch}, row = ? WHERE period = ? AND series_id = ?"
_COMPUTED = " AND row = 0"
_DELETE = "DELETE FROM measurements WHERE period = ? AND series_id = ?"


class SqliteTable:
    """See MeasurementTable."""

    def take_turn(self) -> None:
        """Nothing to do: the settings begin every transaction IMMEDIATE, which waits for the one before."""

    def add_series(self, pairs: pl.DataFrame) -> None:
        _execute(_ADD_SERIES, pairs.select("metric_id", "subject"))

    def lookup(self, keys: pl.DataFrame) -> pl.DataFrame:
        found = [_lookup(period, series) for period, series in _by_period(keys) if _is_occupied(period)]
        return pl.concat(found) if found else pl.DataFrame(schema={"period": pl.Int32, **_FOUND})

    def insert(self, values: pl.DataFrame, batch_id: int) -> None:
        _execute(_INSERT, values.select("period", "series_id", "value", "row"), batch_id)

    def revise(self, values: pl.DataFrame, batch_id: int) -> None:
        _execute(_KEEP, values.select("period", "series_id"), batch_id)
        _execute(_UPDATE, values.select("value", "row", "period", "series_id"), batch_id)

    def withdraw(self, keys: pl.DataFrame, batch_id: int) -> int:
        keys = keys.select("period", "series_id")
        _execute(_KEEP + _COMPUTED, keys, batch_id)
        return _execute(_DELETE + _COMPUTED, keys, batch_id)


def _by_period(keys: pl.DataFrame) -> Iterator[tuple[int, pl.Series]]:
    for (period,), part in keys.group_by("period", maintain_order=True):
        yield cast(int, period), part["series_id"]


def _is_occupied(period: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM measurements WHERE period = %s)", [period])
        return bool(cursor.fetchone()[0])


def _lookup(period: int, series: pl.Series) -> pl.DataFrame:
    wanted = series.cast(pl.String).str.join(",").item()
    found = read_frame(_LOOKUP, _FOUND, [f"[{wanted}]", period])
    return found.select(pl.lit(period, pl.Int32).alias("period"), "series_id", "value")


def _execute(statement: str, rows: pl.DataFrame, batch_id: int = 0) -> int:
    """Run the statement for every row on the raw connection: Django's own would copy and rewrite each row."""
    connection.ensure_connection()
    tuples = chain.from_iterable(part.rows() for part in rows.iter_slices(_SLICE))
    return int(connection.connection.executemany(statement.format(batch=batch_id), tuples).rowcount)
