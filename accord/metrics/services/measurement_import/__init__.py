"""Bringing values in from a file: read, resolve, refuse what does not fit, ingest the rest."""

from accord.metrics.services.measurement_import.columns import COLUMNS
from accord.metrics.services.measurement_import.command import import_measurements

__all__ = ["COLUMNS", "import_measurements"]
