"""Telling somebody about a coaching task."""

from django.urls import reverse

from accord.coaching.models import CoachingTask
from accord.domain.periods import Period
from accord.foundation.notices import NoticeKind
from accord.foundation.services.notifications import notify
from accord.people.models import Employee


def tell(recipient: Employee, kind: NoticeKind, task: CoachingTask, occasion: str = "", **values: str) -> None:
    """Notify `recipient` of `task`, once per `occasion`; somebody without an account is told nothing."""
    if recipient.user is None:
        return
    alert = task.alert
    notify(
        recipient.user,
        kind.code,
        cause=f"coaching_tasks:{task.pk}:{occasion}",
        values={
            "name": task.employee.name,
            "metric": alert.series.metric.name,
            "earlier": Period(alert.first_period).label,
            "period": Period(alert.period).label,
            **values,
        },
        url=reverse("coaching:task", args=[task.pk]),
    )
