"""Bringing the table of values to what has arrived."""

from __future__ import annotations

import polars as pl

from accord.metrics.services.tables import KEY, MeasurementTable


def merge(table: MeasurementTable, values: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    """Write those of `values` (KEY, `value`, `row`; each key once) that are new or differ from what is stored.

    Returns `values` by key with `before`, the value that was stored: null for a new one.
    """
    values = values.sort(KEY)
    compared = values.join(
        table.lookup(values).rename({"value": "before"}), on=KEY, how="left", maintain_order="left"
    )
    created = compared.filter(pl.col("before").is_null())
    if created.height:
        table.insert(created, batch_id)
    changed = compared.filter(pl.col("before") != pl.col("value"))
    if changed.height:
        table.revise(changed, batch_id)
    return compared


def is_written() -> pl.Expr:
    """Whether a row that `merge` returned was new or changed."""
    return pl.col("before").ne_missing(pl.col("value"))
