"""How the HR partner of 远航电商 uses the rules of alerts: two metrics are watched for falling trends, too."""

from __future__ import annotations

from datetime import date, timedelta

from accord.alerts.models import Rule
from accord.alerts.queries.switches import budget
from accord.alerts.services.switching import set_budget, switch_rule
from accord.demo.clock import Calendar, Story, at
from accord.demo.paperwork import Desk
from accord.foundation.models import User
from accord.metrics.models import Metric

_BEFORE = timedelta(weeks=3)
_FALLING = ("访客数", "首次响应时长")
_A_MONTH = 3


def tell_of_alert_rules(desk: Desk, calendar: Calendar, today: date) -> None:
    """Let the story of the rules begin."""
    if desk.designer.user:
        calendar.add(_rules(desk.designer.user, today - _BEFORE))


def _rules(partner: User, on: date) -> Story:
    """Watch visitors and response times for falling trends, and tell a manager of three alerts a month."""
    yield at(on - timedelta(days=on.weekday()), 11)
    for metric in Metric.objects.filter(name__in=_FALLING).order_by("pk"):
        switch_rule(metric, Rule.FALLING, True, partner)
    set_budget(_A_MONTH, budget().edition, partner)
