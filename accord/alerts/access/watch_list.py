"""Whose watch list an alert is on: that of the line manager it was meant for, or of whoever leads the person now."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from accord.alerts.access.alerts import alert_for, visible_alerts
from accord.alerts.models import Alert
from accord.people.access import Actor, own_employee
from accord.people.models import Employee


def watch_list_of(actor: Actor) -> QuerySet[Alert]:
    """The open alerts that `actor` was not told of, those that have been there longest last."""
    me = own_employee(actor)
    if me is None:
        return Alert.objects.none()
    watched = visible_alerts(actor).filter(_led_by(me), is_watched=True, state=Alert.State.OPEN)
    return watched.order_by("-raised_at", "-pk")


def may_take_up(actor: Actor, alert: Alert) -> bool:
    """Whether an alert is on the watch list of `actor`."""
    return alert.is_watched and watch_list_of(actor).filter(pk=alert.pk).exists()


def alert_to_take_up(actor: Actor, pk: int) -> tuple[Alert, Employee]:
    """The alert `pk` and the manager who takes it up. Raises Http404, or PermissionDenied for those who only look.

    Whether it still waits is for the command to say, so that two windows both get an answer.
    """
    alert, me = alert_for(actor, pk), own_employee(actor)
    if me is None or not visible_alerts(actor).filter(_led_by(me), pk=pk).exists():
        raise PermissionDenied
    return alert, me


def _led_by(me: Employee) -> Q:
    leads = Q(series__employee__manager=me) | Q(series__org_unit__head__manager=me)
    return leads | Q(manager=me)
