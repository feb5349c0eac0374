from accord.alerts.models.alerts import Alert
from accord.alerts.models.statuses import JudgedPeriod, KpiStatus, Light, TeamStatus

__all__ = ["Alert", "JudgedPeriod", "KpiStatus", "Light", "TeamStatus"]
