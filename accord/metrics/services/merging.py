"""Bringing the table of values to what has arrived."""

from __future__ import annotations

import polars as pl

from accord.metrics.services.packing import packed
from accord.metrics.services.tables import KEY, MeasurementTable


def merge(table: MeasurementTable, values: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    """Write those of `values` (KEY, `value`, `row`) that are new or differ from what is stored.

    Of several with one key the first counts. Returns the values by key with `before`, the value that was stored: null
    for a new one.
    """
    values = values.with_columns(key=packed(*KEY)).sort("key", maintain_order=True)
    values = values.filter(pl.col("key").ne_missing(pl.col("key").shift()))
    stored = table.lookup(values).select(key=packed(*KEY), before="value")
    if stored.is_empty():
        compared = values.with_columns(before=pl.lit(None, pl.Int64))
    else:
        compared = values.join(stored, on="key", how="left", maintain_order="left")
    created = compared.filter(pl.col("before").is_null())
    if created.height:
        table.insert(created, batch_id)
    changed = compared.filter(pl.col("before") != pl.col("value"))
    if changed.height:
        table.revise(changed, batch_id)
    return compared.drop("key")


def is_written() -> pl.Expr:
    """Whether a row that `merge` returned was new or changed."""
    return pl.col("before").ne_missing(pl.col("value"))
