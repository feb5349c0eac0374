from accord.alerts.models.alerts import Alert
from accord.alerts.models.rules import AlertSwitch, Rule
from accord.alerts.models.statuses import JudgedPeriod, KpiStatus, Light, TeamStatus, UnitStatus

__all__ = ["Alert", "AlertSwitch", "JudgedPeriod", "KpiStatus", "Light", "Rule", "TeamStatus", "UnitStatus"]
