"""What coaching adds to pages of apps below it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from accord.alerts.models import Alert
from accord.coaching.access.coaching_tasks import task_about
from accord.coaching.queries.one_on_ones import talk_soon
from accord.people.models import Employee


def task_of_alert(request: HttpRequest, alert: Alert) -> SafeString:
    """The coaching task of an alert, on the alert's page; nothing where there is none."""
    task = task_about(request.user, alert)
    return render_to_string("coaching/alert_panel.html", {"task": task}, request=request) if task else SafeString()


def one_on_one_soon(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today about the one-on-one that runs or comes within a day; nothing otherwise."""
    talk = talk_soon(me, timezone.now())
    if talk is None:
        return SafeString()
    return render_to_string("coaching/one_on_ones_today.html", {"talk": talk, "me": me}, request=request)
