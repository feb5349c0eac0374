"""PostgreSQL: COPY in, one text out. A period that begins with many values gets a partition of its own."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame
from accord.metrics.services.tables.contract import KEY
from accord.metrics.services.tables.periods import FOUND, split

# Any number that nothing else in this database locks by.
_TURN = 0x0A6C_0D02
# A partition costs every query a little, so a period must be worth one; smaller ones share `measurements_rest`.
PARTITION_FROM = 50_000

_COLUMNS = ("period", "series_id", "value", "batch_id", "row")
_ADD_SERIES = """
    INSERT INTO series (metric_id, employee_id, org_unit_id)
    SELECT metric_id, nullif(greatest(subject, 0), 0), nullif(greatest(-subject, 0), 0) FROM arriving
    ON CONFLICT DO NOTHING
"""
# The periods are named once more, so that the planner looks at their partitions only.
_SAME_KEY = "m.period = arriving.period AND m.series_id = arriving.series_id AND m.period = ANY(%s)"
_LOOKUP = f"SELECT m.period, m.series_id, m.value FROM arriving JOIN measurements AS m ON {_SAME_KEY}"  # noqa: S608
_KEEP = f"""
    INSERT INTO measurement_revisions (period, series_id, value, batch_id, row, replaced_by_id)
    SELECT m.period, m.series_id, m.value, m.batch_id, m.row, %s
    FROM measurements AS m JOIN arriving ON {_SAME_KEY}
"""  # noqa: S608 (constants of this module)
_UPDATE = f"""
    UPDATE measurements AS m SET value = arriving.value, row = arriving.row, batch_id = %s
    FROM arriving WHERE {_SAME_KEY}
"""  # noqa: S608 (constants of this module)
_DELETE = f"DELETE FROM measurements AS m USING arriving WHERE {_SAME_KEY}"  # noqa: S608 (constants of this module)
_OF_ROW = " AND m.row = %s"


class PostgresqlTable:
    """See MeasurementTable."""

    def take_turn(self) -> None:
        _run("SELECT pg_advisory_xact_lock(%s)", _TURN)

    def add_series(self, pairs: pl.DataFrame) -> None:
        _stage(pairs.select("metric_id", "subject"))
        _run(_ADD_SERIES)

    def lookup(self, keys: pl.DataFrame) -> pl.DataFrame:
        whole, single = split(keys)
        if single:
            periods = _stage_values(pl.concat(single))
            whole.append(read_frame(_LOOKUP, FOUND, [periods]))
        return pl.concat([pl.DataFrame(schema=FOUND), *whole])

    def insert(self, values: pl.DataFrame, batch_id: int) -> None:
        rows = values.select("period", "series_id", "value", pl.lit(batch_id).alias("batch_id"), "row")
        sizes = rows.group_by("period").len().filter(pl.col("len") >= PARTITION_FROM)
        begun = _without_place(sizes["period"].sort().to_list())
        for period in begun:
            _copy_as_partition(period, rows.filter(pl.col("period") == period))
        rest = rows.filter(~pl.col("period").is_in(begun)) if begun else rows
        if rest.height:
            _copy("measurements", _COLUMNS, rest)

    def revise(self, values: pl.DataFrame, batch_id: int) -> None:
        periods = _stage_values(values.select(*KEY, "value", "row"))
        _run(_KEEP, batch_id, periods)
        _run(_UPDATE, batch_id, periods)

    def withdraw(self, keys: pl.DataFrame, batch_id: int, row: int) -> int:
        periods = _stage_values(keys.select(KEY))
        _run(_KEEP + _OF_ROW, batch_id, periods, row)
        return _run(_DELETE + _OF_ROW, periods, row)

    def clear(self, period: int) -> None:
        # A partition goes in milliseconds, whatever it holds.
        _run(f"DROP TABLE IF EXISTS measurements_{period:d}")
        _run("DELETE FROM measurements WHERE period = %s", period)
        _run("DELETE FROM measurement_revisions WHERE period = %s", period)


def _run(statement: str, *parameters: int | list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return int(cursor.rowcount)


def _copy(table: str, columns: Sequence[str], rows: pl.DataFrame) -> None:
    text = rows.select(columns).write_csv(include_header=False, separator="\t").encode()
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        copy.write(text)


def _stage_values(rows: pl.DataFrame) -> list[int]:
    """Lay values beside the table and return their periods."""
    _stage(rows)
    return rows["period"].unique().to_list()


def _stage(rows: pl.DataFrame) -> None:
    """Lay whole numbers beside the tables, where the next statement finds them."""
    columns = ", ".join(f"{name} {'integer' if name in ('period', 'row') else 'bigint'}" for name in rows.columns)
    _run("DROP TABLE IF EXISTS arriving")
    _run(f"CREATE TEMPORARY TABLE arriving ({columns}) ON COMMIT DROP")
    _copy("arriving", rows.columns, rows)


def _without_place(periods: list[int]) -> list[int]:
    """Those of `periods` that have neither a partition nor a value in the shared one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT period FROM unnest(%s::integer[]) AS period WHERE to_regclass('measurements_' || period) IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM measurements_rest AS m WHERE m.period = period.period)",
            [periods],
        )
        return [period for (period,) in cursor.fetchall()]


def _copy_as_partition(period: int, rows: pl.DataFrame) -> None:
    """Fill a table aside, give it its key, and hang it in: nobody waits, and the key is built once instead of grown."""
    table = f"measurements_{period}"
    _run(f"CREATE TABLE {table} (LIKE measurements INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    _copy(table, _COLUMNS, rows)
    _run(f"ALTER TABLE {table} ADD PRIMARY KEY (period, series_id)")
    _run(f"ALTER TABLE measurements ATTACH PARTITION {table} FOR VALUES FROM ({period}) TO ({period + 1})")
    # Autovacuum comes within a minute; what judges the period comes at once and must not plan blindly.
    _run(f"ANALYZE {table}")
