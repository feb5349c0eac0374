from accord.alerts.models.alerts import Alert
from accord.alerts.models.rules import AlertBudget, AlertSwitch, Backtest, Rule
from accord.alerts.models.statuses import JudgedPeriod, KpiStatus, Light, TeamStatus

__all__ = [
    "Alert",
    "AlertBudget",
    "AlertSwitch",
    "Backtest",
    "JudgedPeriod",
    "KpiStatus",
    "Light",
    "Rule",
    "TeamStatus",
]
