"""SQLite: the table is its own key, so rows come and go in the order of the key."""

from __future__ import annotations

from itertools import chain

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame
from accord.metrics.services.tables.periods import FOUND, split

# So many rows at a time become Python objects.
_SLICE = 20_000
# CROSS JOIN keeps the order of the loops: each key is looked up once.
_LOOKUP = """
    SELECT m.period AS period, m.series_id AS series_id, m.value AS value
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
        whole, single = split(keys)
        return pl.concat([pl.DataFrame(schema=FOUND), *whole, *map(_looked_up, single)])

    def insert(self, values: pl.DataFrame, batch_id: int) -> None:
        _execute(_INSERT, values.select("period", "series_id", "value", "row"), batch_id)

    def revise(self, values: pl.DataFrame, batch_id: int) -> None:
        _execute(_KEEP, values.select("period", "series_id"), batch_id)
        _execute(_UPDATE, values.select("value", "row", "period", "series_id"), batch_id)

    def withdraw(self, keys: pl.DataFrame, batch_id: int) -> int:
        keys = keys.select("period", "series_id")
        _execute(_KEEP + _COMPUTED, keys, batch_id)
        return _execute(_DELETE + _COMPUTED, keys, batch_id)


def _looked_up(keys: pl.DataFrame) -> pl.DataFrame:
    """The stored values of some keys of one period."""
    wanted = keys["series_id"].cast(pl.String).str.join(",").item()
    return read_frame(_LOOKUP, FOUND, [f"[{wanted}]", keys.item(0, "period")])


def _execute(statement: str, rows: pl.DataFrame, batch_id: int = 0) -> int:
    """Run the statement for every row on the raw connection: Django's own would copy and rewrite each row."""
    connection.ensure_connection()
    tuples = chain.from_iterable(part.rows() for part in rows.iter_slices(_SLICE))
    return int(connection.connection.executemany(statement.format(batch=batch_id), tuples).rowcount)
