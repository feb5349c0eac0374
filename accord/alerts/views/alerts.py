"""Alerts: the list, and one with its reasons."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accord.alerts.access.alerts import alert_for, own_alerts, visible_alerts
from accord.alerts.access.rules import may_switch
from accord.alerts.access.watch_list import may_take_up
from accord.alerts.models import Alert
from accord.alerts.queries.course import course_of
from accord.foundation.components.wayfinding import Tab
from accord.people.access import is_manager

PER_PAGE = 20
STATE = Alert.State


@require_safe
def alert_list(request: HttpRequest) -> HttpResponse:
    """The alerts one may see, or one's own, in one state; the newest first."""
    state = request.GET.get("state", STATE.OPEN)
    state = state if state in STATE.values else STATE.OPEN
    mine = request.GET.get("whose") == "mine"
    alerts = own_alerts(request.user) if mine else visible_alerts(request.user)
    page = Paginator(alerts.filter(state=state).order_by("-raised_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "state": state,
        "mine": mine,
        "tabs": _tabs(state, mine),
        "may_switch": may_switch(request.user),
        "leads": is_manager(request.user),
    }
    return render(request, "alerts/alert_list.html", context)


@require_safe
def alert_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert: what it rests on, the series around them, and what happened since."""
    alert = alert_for(request.user, pk)
    context = {"course": course_of(alert), "may_take_up": may_take_up(request.user, alert)}
    return render(request, "alerts/alert_page.html", context)


def _tabs(state: str, mine: bool) -> list[Tab]:
    labels = {STATE.OPEN: _("Still open"), STATE.CLEARED: _("Recovered"), STATE.WITHDRAWN: _("Withdrawn")}
    whose = {"whose": "mine"} if mine else {}
    address = reverse("alerts:alerts")
    return [
        Tab(label, f"{address}?{urlencode({'state': each.value, **whose})}", active=each == state)
        for each, label in labels.items()
    ]
