"""Which metric it is."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.metrics.models import Metric
from accord.metrics.queries.library import metrics_by_name, nearest_metrics
from accord.metrics.services.measurement_import.refusing import refuse

_METRIC = {
    "metric": pl.String,
    "metric_id": pl.Int64,
    "frequency": pl.Int64,
    "is_percent": pl.Boolean,
    "is_ratio": pl.Boolean,
}
# Looking for near names is slow; a file with more wrong names than these has the wrong column.
_EXPLAINED = 50


def with_metrics(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`rows` with `metric_id` (null where it is refused), `frequency`, `is_percent` and `is_ratio`."""
    names = rows["metric"].unique().drop_nulls().to_list()
    known = metrics_by_name(names)
    facts = pl.DataFrame([_facts(name, metric) for name, metric in known.items()], schema=_METRIC, orient="row")
    rows = rows.join(facts, on="metric", how="left", maintain_order="left")
    return rows, _refusals(rows.filter(pl.col("metric_id").is_null()))


def _facts(name: str, metric: Metric) -> tuple[str, int, int, bool, bool]:
    return name, metric.pk, metric.frequency, metric.is_percent, metric.is_ratio


def _refusals(rows: pl.DataFrame) -> list[Remark]:
    unknown = rows["metric"].unique().drop_nulls().sort().to_list()
    nearest = {name: "、".join(nearest_metrics(name)) for name in unknown[:_EXPLAINED]}
    rows = rows.with_columns(nearest=pl.col("metric").replace_strict(nearest, default="", return_dtype=pl.String))
    unnamed, has_near = pl.col("metric").is_null(), pl.col("nearest") != ""
    return [
        *refuse(rows.filter(unnamed), "metric", "metric_missing", _("The row names no metric.")),
        *refuse(
            rows.filter(~unnamed & ~has_near),
            "metric",
            "metric_unknown",
            _("There is no metric “%(name)s”."),
            name="metric",
        ),
        *refuse(
            rows.filter(~unnamed & has_near),
            "metric",
            "metric_unknown",
            _("There is no metric “%(name)s”; the nearest are %(nearest)s."),
            name="metric",
            nearest="nearest",
        ),
    ]
