"""The watch list: what was not worth a call, and what becomes of it."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accord.alerts import notices
from accord.alerts.errors.rules import NotWatched
from accord.alerts.models import Alert
from accord.foundation.clock import organisation_day
from accord.foundation.services.events import record
from accord.foundation.services.notifications import notify
from accord.people.models import Employee

# The steps of a coaching task with which people have spoken; to look at the evidence is none.
_TALKS = frozenset({"talk", "action"})


@transaction.atomic
def take_up(alert: Alert, manager: Employee) -> None:
    """Take an alert from the watch list to talk about it now, as if its manager had been told. Raises NotWatched."""
    watched = Alert.objects.filter(pk=alert.pk, is_watched=True, state=Alert.State.OPEN)
    if not watched.update(is_watched=False, told_on=organisation_day(), manager=manager):
        raise NotWatched
    record("alert.raised", subject=f"alerts:{alert.pk}", actor=manager.user, alert_id=alert.pk)


def tell_watched(alert_id: int) -> None:
    """Reaction to `alert.watched`: a line in the manager's digest, one a day however much came to the list."""
    alert = Alert.objects.select_related("manager__user").get(pk=alert_id)
    if alert.is_watched and alert.manager and alert.manager.user:
        day = organisation_day(alert.raised_at)
        notify(
            alert.manager.user,
            notices.WATCH_LIST_GREW.code,
            cause=f"watch_list:{day.isoformat()}",
            values={},
            url=reverse("alerts:watch_list"),
        )


def note_outcome(task_id: int, outcome: str, alert_id: int) -> None:
    """Reaction to `coaching_task.closed`: what came of it. A task that closed itself says nothing of the alert."""
    if outcome in Alert.Coached.values:
        Alert.objects.filter(pk=alert_id).update(coached=outcome)


def note_talk(task_id: int, kind: str, alert_id: int) -> None:
    """Reaction to `coaching_task.step_taken`: whether and when somebody talked about the alert."""
    if kind in _TALKS:
        Alert.objects.filter(pk=alert_id, talked_at=None).update(talked_at=timezone.now())
