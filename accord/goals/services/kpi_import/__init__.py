"""`accord import kpis`: reads a file of KPIs, settles the schedule of each series, and stores it."""

from accord.goals.services.kpi_import.command import import_kpis
from accord.goals.services.kpi_import.rows import COLUMNS

__all__ = ["COLUMNS", "import_kpis"]
