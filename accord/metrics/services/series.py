"""Series for many subjects at once.

A subject travels as one whole number: the key of an employee, or of an organisation unit with a minus before it.
"""

from __future__ import annotations

import polars as pl

from accord.metrics.services.frames import FEW, among, read_frame
from accord.metrics.services.packing import FACTOR, packed
from accord.metrics.services.tables import MeasurementTable

_FOUND = {"series_id": pl.Int64, "pair": pl.Int64}


def with_known_series(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (`metric_id`, `subject`) with `series_id`, null where there is no such series yet."""
    return rows.with_columns(pair=packed("metric_id", "subject")).join(_found(rows), on="pair", how="left").drop("pair")


def with_series(table: MeasurementTable, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (`metric_id`, `subject`) with `series_id`; series that do not exist are made."""
    rows = with_known_series(rows)
    if not rows["series_id"].null_count():
        return rows
    is_new = pl.col("series_id").is_null()
    missing = rows.filter(is_new)
    table.add_series(missing.select("metric_id", "subject").unique().sort("metric_id", "subject"))
    return pl.concat([rows.filter(~is_new), with_known_series(missing.drop("series_id")).select(rows.columns)])


def _found(rows: pl.DataFrame) -> pl.DataFrame:
    """The series of these metrics, of all subjects or of these only."""
    metric, metrics = among("metric_id", rows["metric_id"].unique().to_list())
    subject, subjects = _among_subjects(rows["subject"].unique())
    return read_frame(
        f"SELECT id AS series_id, metric_id * {FACTOR} + coalesce(employee_id, -org_unit_id) AS pair FROM series"  # noqa: S608
        f" WHERE {metric} AND {subject}",
        _FOUND,
        [*metrics, *subjects],
    )


def _among_subjects(subjects: pl.Series) -> tuple[str, list[int]]:
    if len(subjects) > FEW:
        return "TRUE", []
    employee, employees = among("employee_id", subjects.filter(subjects > 0).to_list())
    unit, units = among("org_unit_id", (-subjects.filter(subjects < 0)).to_list())
    return f"({employee} OR {unit})", [*employees, *units]
