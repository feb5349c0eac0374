"""Values of ratio metrics, worked out from the two parts whenever one of them arrives."""

from __future__ import annotations

import polars as pl
from django.db.models import Q

from accord.domain.numbers import MICRO
from accord.metrics.models import Measurement, Metric
from accord.metrics.services.merging import is_written, merge
from accord.metrics.services.series import with_known_series, with_series
from accord.metrics.services.tables import KEY, MeasurementTable

_RATIO = {"ratio_id": pl.Int64, "numerator_id": pl.Int64, "denominator_id": pl.Int64, "scale": pl.Int64}
_PARTS = ("numerator", "denominator")
WRITTEN = {"metric_id": pl.Int64, "period": pl.Int32}


def derive_ratios(table: MeasurementTable, values: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    """Bring the ratios up to date whose parts are among `values` (`metric_id`, `subject`, `period`).

    A ratio is numerator / denominator of the same subject and period, with `Measurement.COMPUTED` as its row and the
    batch as its origin. It replaces a typed value, which becomes a revision. Where a part is missing or the
    denominator is zero there is no ratio, and one worked out earlier is withdrawn. Returns `metric_id` and `period`
    of everything that was written or withdrawn.
    """
    ratios = _ratios_of(values["metric_id"].unique().to_list())
    if ratios.is_empty():
        return pl.DataFrame(schema=WRITTEN)
    wanted = _touched(values, ratios)
    for part in _PARTS:
        wanted = _with_part(table, wanted, part)
    wanted = wanted.with_columns(_quotient().alias("value"))
    computed, void = wanted.filter(pl.col("value").is_not_null()), wanted.filter(pl.col("value").is_null())
    return pl.concat([_store(table, computed, batch_id), _withdraw(table, void, batch_id)])


def part_keys(typed: pl.DataFrame) -> pl.DataFrame:
    """For typed values of ratio metrics (`metric_id`, `subject`, `period`): the same rows once for each part, with
    `part_id`, the metric of the part.
    """
    ratios = _ratio_frame(Q(pk__in=typed["metric_id"].unique().to_list()))
    both = typed.join(ratios, left_on="metric_id", right_on="ratio_id")
    return pl.concat(both.select(*typed.columns, pl.col(f"{part}_id").alias("part_id")) for part in _PARTS)


def _ratios_of(parts: list[int]) -> pl.DataFrame:
    return _ratio_frame(Q(numerator__in=parts) | Q(denominator__in=parts))


def _ratio_frame(condition: Q) -> pl.DataFrame:
    ratios = Metric.objects.filter(condition, aggregation=Metric.Aggregation.RATIO)
    rows = [(ratio.pk, ratio.numerator_id, ratio.denominator_id, 100 if ratio.is_percent else 1) for ratio in ratios]
    return pl.DataFrame(rows, schema=_RATIO, orient="row")


def _touched(values: pl.DataFrame, ratios: pl.DataFrame) -> pl.DataFrame:
    """Every ratio, subject and period of which a part has arrived, once."""
    arrived = values.select("metric_id", "subject", "period")
    by_part = [
        arrived.join(ratios.with_columns(metric_id=pl.col(f"{part}_id")), on="metric_id").drop("metric_id")
        for part in _PARTS
    ]
    return pl.concat(by_part, how="diagonal").unique()


def _with_part(table: MeasurementTable, wanted: pl.DataFrame, part: str) -> pl.DataFrame:
    """`wanted` with the stored value of one part, null where there is none."""
    keyed = with_known_series(wanted.with_columns(metric_id=pl.col(f"{part}_id")))
    stored = table.lookup(keyed.select(KEY).drop_nulls().unique().sort(KEY)).rename({"value": part})
    return keyed.join(stored, on=KEY, how="left").drop("series_id", "metric_id")


def _quotient() -> pl.Expr:
    """numerator / denominator × scale in whole millionths, rounded half up as domain.numbers does; null if none."""
    above, below = (pl.col(part).cast(pl.Int128) for part in _PARTS)
    twice = above.abs() * pl.col("scale") * (2 * MICRO)
    size = (twice + below.abs()) // (below.abs() * 2)
    exact = size * above.sign() * below.sign()
    return pl.when(below != 0).then(exact).cast(pl.Int64, strict=False)


def _store(table: MeasurementTable, computed: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    if computed.is_empty():
        return pl.DataFrame(schema=WRITTEN)
    computed = computed.rename({"ratio_id": "metric_id"})
    values = with_series(table, computed).with_columns(row=pl.lit(Measurement.COMPUTED, pl.Int32))
    return merge(table, values, batch_id).filter(is_written()).select(*WRITTEN)


def _withdraw(table: MeasurementTable, void: pl.DataFrame, batch_id: int) -> pl.DataFrame:
    if void.is_empty():
        return pl.DataFrame(schema=WRITTEN)
    void = void.rename({"ratio_id": "metric_id"})
    keyed = with_known_series(void).drop_nulls("series_id")
    withdrawn = table.withdraw(keyed.sort(KEY), batch_id, Measurement.COMPUTED)
    # Which of them had a value does not matter to those who judge the periods again.
    return keyed.select(*WRITTEN) if withdrawn else pl.DataFrame(schema=WRITTEN)
