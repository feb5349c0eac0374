"""Alerts that ask for a talk."""

from accord.alerts.models import Alert
from accord.alerts.services.evaluation import evaluate
from accord.alerts.tests.builders import after, kpi, measure, week
from accord.coaching.models import CoachingTask
from accord.coaching.services.following_alerts import open_coaching_task
from accord.people.models import Employee, OrgUnit

W40, W41, W42, W43 = (week(number) for number in range(40, 44))
LATER = after(W43)


def alert_about(subject: Employee | OrgUnit, **metric: object) -> Alert:
    """An open alert about a KPI of somebody."""
    one = kpi(subject, **metric)
    measure(one, {W40: 80, W41: 90})
    evaluate([W40, W41], LATER)
    return Alert.objects.get(series=one.series)


def task_about(subject: Employee | OrgUnit, **metric: object) -> CoachingTask:
    """The coaching task of such an alert."""
    alert = alert_about(subject, **metric)
    open_coaching_task(alert.pk)
    return CoachingTask.objects.get(alert=alert)
