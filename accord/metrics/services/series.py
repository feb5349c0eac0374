"""Series for many subjects at once.

A subject travels as one whole number: the key of an employee, or of an organisation unit with a minus before it.
"""

from __future__ import annotations

import polars as pl

from accord.metrics.services.frames import FEW, among, read_frame
from accord.metrics.services.tables import MeasurementTable

SERIES = {"series_id": pl.Int64, "metric_id": pl.Int64, "subject": pl.Int64}
_WANTED = ("metric_id", "subject")


def known_series(wanted: pl.DataFrame) -> pl.DataFrame:
    """The series of the pairs `metric_id`, `subject` in `wanted`, as far as they exist."""
    wanted = wanted.select(_WANTED).unique()
    metric, metrics = among("metric_id", wanted["metric_id"].unique().to_list())
    subject, subjects = _among_subjects(wanted["subject"].unique())
    found = read_frame(
        "SELECT id AS series_id, metric_id, coalesce(employee_id, -org_unit_id) AS subject FROM series"
        f" WHERE {metric} AND {subject}",
        SERIES,
        [*metrics, *subjects],
    )
    return found.join(wanted, on=_WANTED, how="semi")


def ensure_series(table: MeasurementTable, wanted: pl.DataFrame) -> pl.DataFrame:
    """The series of the pairs `metric_id`, `subject` in `wanted`; those that do not exist are made."""
    wanted = wanted.select(_WANTED).unique()
    found = known_series(wanted)
    missing = wanted.join(found, on=_WANTED, how="anti")
    if missing.is_empty():
        return found
    table.add_series(missing.sort(_WANTED))
    return pl.concat([found, known_series(missing)])


def _among_subjects(subjects: pl.Series) -> tuple[str, list[int]]:
    if len(subjects) > FEW:
        return "TRUE", []
    employee, employees = among("employee_id", subjects.filter(subjects > 0).to_list())
    unit, units = among("org_unit_id", (-subjects.filter(subjects < 0)).to_list())
    return f"({employee} OR {unit})", [*employees, *units]
