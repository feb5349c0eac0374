"""What coaching adds to pages of apps below it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accord.alerts.models import Alert
from accord.coaching.access.coaching_tasks import task_about
from accord.coaching.queries.plan_page import waiting_for
from accord.people.models import Employee

MOST_PLANS = 3


def task_of_alert(request: HttpRequest, alert: Alert) -> SafeString:
    """The coaching task of an alert, on the alert's page; nothing where there is none."""
    task = task_about(request.user, alert)
    return render_to_string("coaching/alert_panel.html", {"task": task}, request=request) if task else SafeString()


def plans_waiting(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today for each development plan that waits for the reader's yes; nothing where none does."""
    waiting = list(waiting_for(me)[:MOST_PLANS])
    if not waiting:
        return SafeString()
    return render_to_string("coaching/plans_today.html", {"waiting": waiting}, request=request)
