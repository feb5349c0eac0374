"""Reads of metrics and their values."""

from accord.metrics.queries.library import library, metrics_by_name, nearest_metrics, series_count
from accord.metrics.queries.origin import Origin, origin_of
from accord.metrics.queries.own_data import own_data
from accord.metrics.queries.values import data_until, data_until_by_source, last_periods, values_of

__all__ = [
    "Origin",
    "data_until",
    "data_until_by_source",
    "last_periods",
    "library",
    "metrics_by_name",
    "nearest_metrics",
    "origin_of",
    "own_data",
    "series_count",
    "values_of",
]
