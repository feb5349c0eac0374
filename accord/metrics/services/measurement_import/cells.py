"""How much it is."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.foundation.spreadsheets.numbers import number_fault, read_numbers
from accord.metrics.services.measurement_import.refusing import refuse


def with_values(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows`, which have `is_percent` of their metric, with `micro`, the value in millionths, null where it is refused.

    12% is 12 for a metric in percent and 0.12 for any other.
    """
    numbers = read_numbers(rows["value"])
    rows = rows.with_columns(numbers)
    micro = pl.when(pl.col("is_percent")).then(pl.coalesce("percent_micro", "micro")).otherwise("micro")
    rows = rows.with_columns(micro.alias("micro"))
    remarks = refuse(
        rows.filter(pl.col("micro").is_null() & pl.col("fault").is_null()),
        "value",
        "value_missing",
        _("There is no value in this row."),
    )
    faulty = rows.filter(pl.col("fault").is_not_null()).select("row", "fault", "value")
    remarks += [number_fault(row, "value", fault, text) for row, fault, text in faulty.iter_rows()]
    return rows.drop("percent_micro", "fault"), remarks
