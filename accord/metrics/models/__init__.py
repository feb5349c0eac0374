from accord.metrics.models.connections import (
    AllowedHost,
    Connection,
    Identity,
    MappedRow,
    MetricMapping,
    SourceRow,
    SyncRun,
)
from accord.metrics.models.driver_trees import DriverNode, DriverTarget, DriverTree
from accord.metrics.models.library import Metric
from accord.metrics.models.measurements import Batch, Freshness, Measurement, MeasurementRevision, Series, Source
from accord.metrics.models.retention import StoredPeriod

__all__ = [
    "AllowedHost",
    "Batch",
    "Connection",
    "DriverNode",
    "DriverTarget",
    "DriverTree",
    "Freshness",
    "Identity",
    "MappedRow",
    "Measurement",
    "MeasurementRevision",
    "Metric",
    "MetricMapping",
    "Series",
    "Source",
    "SourceRow",
    "StoredPeriod",
    "SyncRun",
]
