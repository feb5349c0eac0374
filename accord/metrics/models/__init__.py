from accord.metrics.models.library import Metric
from accord.metrics.models.measurements import Batch, Freshness, Measurement, MeasurementRevision, Series, Source

__all__ = ["Batch", "Freshness", "Measurement", "MeasurementRevision", "Metric", "Series", "Source"]
