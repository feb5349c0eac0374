from accord.alerts.models.alerts import Alert
from accord.alerts.models.statuses import KpiStatus, Light, TeamStatus

__all__ = ["Alert", "KpiStatus", "Light", "TeamStatus"]
