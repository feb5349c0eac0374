"""What a stored file holds: every value of a period with its origin in words, and what it was before."""

from __future__ import annotations

import polars as pl
from django.db import connection

from accord.metrics.services.frames import read_frame

COLUMNS = {
    "series_id": pl.Int64,
    "metric": pl.String,
    "employee_no": pl.String,
    "org_unit": pl.String,
    "value": pl.Int64,
    "batch_id": pl.Int64,
    "source": pl.String,
    "file": pl.String,
    "row": pl.Int64,
    "replaced_by": pl.Int64,
}
"""`value` in whole millionths. `replaced_by` is the batch that replaced the value, 0 for the value that holds."""

# The database hands over one text, so a period is read in pieces that memory can hold.
_PIECE = 500_000
_SELECT = """
    SELECT v.series_id AS series_id, x.name AS metric, coalesce(e.employee_no, '') AS employee_no,
           coalesce(u.path, '') AS org_unit, v.value AS value, v.batch_id AS batch_id, o.name AS source,
           b.file_name AS file, v.row AS row, {replaced_by} AS replaced_by
    FROM {table} v
    JOIN series s ON s.id = v.series_id
    JOIN metrics x ON x.id = s.metric_id
    JOIN batches b ON b.id = v.batch_id
    JOIN sources o ON o.id = b.source_id
    LEFT JOIN employees e ON e.id = s.employee_id
    LEFT JOIN org_units u ON u.id = s.org_unit_id
    WHERE v.period = %s AND v.series_id BETWEEN %s AND %s
    ORDER BY v.series_id{then}
"""
_VALUES = _SELECT.format(table="measurements", replaced_by="0", then="")
_REVISIONS = _SELECT.format(table="measurement_revisions", replaced_by="v.replaced_by_id", then=", v.id")


def read_period(period: int) -> pl.DataFrame:
    """Everything of a period (columns COLUMNS), the values that hold before those that were replaced."""
    first, last = _span(period)
    pieces = [
        read_frame(select, COLUMNS, [period, start, start + _PIECE - 1])
        for select in (_VALUES, _REVISIONS)
        for start in range(first, last + 1, _PIECE)
    ]
    return pl.concat(pieces) if pieces else pl.DataFrame(schema=COLUMNS)


def _span(period: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(series_id), max(series_id) FROM measurements WHERE period = %s", [period])
        first, last = cursor.fetchone()
    return (first, last) if first is not None else (0, -1)
