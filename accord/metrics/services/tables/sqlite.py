"""SQLite: the table is its own key, so rows come and go in the order of the key."""

from __future__ import annotations

from itertools import chain

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame
from accord.metrics.services.tables.contract import KEY
from accord.metrics.services.tables.periods import FOUND, split

# So many rows at a time become Python objects.
_SLICE = 20_000
# CROSS JOIN keeps the order of the loops: each key is looked up once.
_STORED = """
    FROM json_each(%s) AS wanted CROSS JOIN measurements AS m
    WHERE m.period = %s AND m.series_id = wanted.value
"""
_LOOKUP = "SELECT m.period AS period, m.series_id AS series_id, m.value AS value" + _STORED
_KEEP = (
    """
    INSERT INTO measurement_revisions (period, series_id, value, batch_id, row, replaced_by_id)
    SELECT m.period, m.series_id, m.value, m.batch_id, m.row, {batch}
"""
    + _STORED
)
_OF_ROW = " AND m.row = {row}"
_WITHDRAW = """
    DELETE FROM measurements AS m
    WHERE m.series_id IN (SELECT value FROM json_each(%s)) AND m.period = %s AND m.row = {row}
"""
# These have many rows of parameters and touch one row each. A statement that could touch several keeps a journal of
# its own, which in the long run costs more than the statement: hence one for all keys of a period above.
_INSERT = "INSERT INTO measurements (period, series_id, value, batch_id, row) VALUES ({period}, ?, ?, {batch}, ?)"
_UPDATE = "UPDATE measurements SET value = ?, batch_id = {batch}, row = ? WHERE period = ? AND series_id = ?"
_ADD_SERIES = """
    INSERT INTO series (metric_id, employee_id, org_unit_id) VALUES (?1, nullif(max(?2, 0), 0), nullif(max(-?2, 0), 0))
    ON CONFLICT DO NOTHING
"""


class SqliteTable:
    """See MeasurementTable."""

    def take_turn(self) -> None:
        """Nothing to do: the settings begin every transaction IMMEDIATE, which waits for the one before."""

    def add_series(self, pairs: pl.DataFrame) -> None:
        _for_each(_ADD_SERIES, pairs.select("metric_id", "subject"))

    def lookup(self, keys: pl.DataFrame) -> pl.DataFrame:
        whole, single = split(keys)
        found = [read_frame(_LOOKUP, FOUND, _named(part)) for part in single]
        return pl.concat([pl.DataFrame(schema=FOUND), *whole, *found])

    def insert(self, values: pl.DataFrame, batch_id: int) -> None:
        for part in values.partition_by("period", maintain_order=True):
            statement = _INSERT.format(period=part.item(0, "period"), batch=batch_id)
            _for_each(statement, part.select("series_id", "value", "row"))

    def revise(self, values: pl.DataFrame, batch_id: int) -> None:
        _by_period(_KEEP.format(batch=batch_id), values)
        _for_each(_UPDATE.format(batch=batch_id), values.select("value", "row", *KEY))

    def withdraw(self, keys: pl.DataFrame, batch_id: int, row: int) -> int:
        _by_period((_KEEP + _OF_ROW).format(batch=batch_id, row=row), keys)
        return _by_period(_WITHDRAW.format(row=row), keys)

    def clear(self, period: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM measurements WHERE period = %s", [period])
            cursor.execute("DELETE FROM measurement_revisions WHERE period = %s", [period])


def _named(keys: pl.DataFrame) -> list[str | int]:
    """The parameters that name some keys of one period: their series as JSON, and the period."""
    return [f"[{keys['series_id'].cast(pl.String).str.join(',').item()}]", keys.item(0, "period")]


def _by_period(statement: str, keys: pl.DataFrame) -> int:
    """Run the statement once for all keys of each period; return how many rows it touched."""
    touched = 0
    with connection.cursor() as cursor:
        for part in keys.partition_by("period", maintain_order=True):
            cursor.execute(statement, _named(part))
            touched += cursor.rowcount
    return touched


def _for_each(statement: str, rows: pl.DataFrame) -> None:
    """Run the statement for every row on the raw connection: Django's own would copy and rewrite each row."""
    connection.ensure_connection()
    slices = (zip(*part.to_dict(as_series=False).values(), strict=True) for part in rows.iter_slices(_SLICE))
    connection.connection.executemany(statement, chain.from_iterable(slices))
