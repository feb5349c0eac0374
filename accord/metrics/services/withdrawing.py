"""Taking back values that have lost every row they were worked out from."""

from __future__ import annotations

import polars as pl

from accord.metrics.models import Batch, Measurement
from accord.metrics.services.frames import among, read_frame
from accord.metrics.services.series import with_known_series
from accord.metrics.services.tables import KEY, MeasurementTable

GONE = {"metric_id": pl.Int64, "subject": pl.Int64, "period": pl.Int32}
_OWN = {"period": pl.Int32, "series_id": pl.Int64}


def withdraw(table: MeasurementTable, gone: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """Withdraw those of `gone` (GONE) whose value the source of `batch` worked out from its rows; return them."""
    keyed = with_known_series(gone).drop_nulls("series_id")
    if keyed.is_empty():
        return pl.DataFrame(schema=GONE)
    keyed = keyed.join(_worked_out_by(batch, keyed), on=KEY, how="semi").sort(KEY)
    if keyed.height:
        table.withdraw(keyed, batch.pk, Measurement.FROM_ROWS)
    return keyed.select(*GONE)


def _worked_out_by(batch: Batch, keyed: pl.DataFrame) -> pl.DataFrame:
    period, periods = among("m.period", keyed["period"].unique().to_list())
    series, numbers = among("m.series_id", keyed["series_id"].unique().to_list())
    return read_frame(
        "SELECT m.period AS period, m.series_id AS series_id FROM measurements AS m JOIN batches AS b"  # noqa: S608
        f" ON b.id = m.batch_id WHERE {period} AND {series} AND m.row = %s AND b.source_id = %s",
        _OWN,
        [*periods, *numbers, Measurement.FROM_ROWS, batch.source_id],
    )
