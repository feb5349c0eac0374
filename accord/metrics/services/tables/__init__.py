"""The table of values on each database: the few operations that ingest needs, each set-based."""

from django.db import connection

from accord.metrics.services.tables.contract import KEY, MeasurementTable
from accord.metrics.services.tables.postgresql import PostgresqlTable
from accord.metrics.services.tables.sqlite import SqliteTable

__all__ = ["KEY", "MeasurementTable", "measurement_table"]


def measurement_table() -> MeasurementTable:
    """The table on the database in use."""
    return PostgresqlTable() if connection.vendor == "postgresql" else SqliteTable()
