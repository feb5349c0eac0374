from accord.metrics.models.library import Metric
from accord.metrics.models.measurements import Batch, Measurement, MeasurementRevision, Series, Source

__all__ = ["Batch", "Measurement", "MeasurementRevision", "Metric", "Series", "Source"]
