"""Rows that are good by themselves but not beside others."""

from __future__ import annotations

import polars as pl
from django.utils.translation import gettext_noop as _

from accord.foundation.imports import Remark
from accord.metrics.services.measurement_import.refusing import refuse
from accord.metrics.services.packing import packed
from accord.metrics.services.ratios import part_keys
from accord.metrics.services.series import with_known_series
from accord.metrics.services.tables import KEY, measurement_table

_SAME = ("metric_id", "subject", "period")
_MIX = 0x9E37_79B9_7F4A_7C15 >> 1


def contradictions(rows: pl.DataFrame) -> list[Remark]:
    """Refuse all rows that give one period of one series different values, each naming the first that differs."""
    # Numbers that are all different come from keys that are all different; the exact question costs more.
    mixed = packed("metric_id", "subject") + pl.col("period").cast(pl.Int64) * _MIX
    if rows.select(mixed.n_unique()).item() == rows.height:
        return []
    doubled = rows.filter(pl.struct(_SAME).is_duplicated())
    first = pl.col("value").first().over(_SAME)
    differing = pl.col("row").filter(pl.col("value") != pl.col("value").first()).first().over(_SAME)
    other = pl.when(pl.col("value") == first).then(differing).otherwise(pl.col("row").first().over(_SAME))
    return refuse(
        doubled.with_columns(other.alias("other")).filter(pl.col("other").is_not_null()),
        "value",
        "value_contradicted",
        _("Row %(other)s gives another value for the same metric and period; one of the two must go."),
        other="other",
    )


def typed_ratios(rows: pl.DataFrame) -> list[Remark]:
    """Refuse the value of a ratio where a part of it is stored or stands in the same file: the ratio is worked out."""
    typed = rows.filter("is_ratio")
    if typed.is_empty():
        return []
    parts = part_keys(typed.select("row", *_SAME))
    has_part = pl.concat([_in_file(parts, rows), _stored(parts)])["row"].unique()
    return refuse(
        typed.filter(pl.col("row").is_in(has_part.implode())),
        "metric",
        "ratio_has_parts",
        _("“%(metric)s” is worked out from its two parts here; bring these instead."),
        metric="metric",
    )


def _in_file(parts: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    return parts.join(rows, left_on=["part_id", "subject", "period"], right_on=_SAME, how="semi").select("row")


def _stored(parts: pl.DataFrame) -> pl.DataFrame:
    keyed = with_known_series(parts.with_columns(metric_id="part_id")).drop_nulls("series_id")
    stored = measurement_table().lookup(keyed.select(KEY).unique().sort(KEY))
    return keyed.join(stored, on=KEY, how="semi").select("row")
