"""What coaching adds to pages of other apps."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accord.alerts.models import Alert
from accord.coaching.access.coaching_tasks import task_about
from accord.coaching.queries.learning import recommended_lately
from accord.people.models import Employee


def task_of_alert(request: HttpRequest, alert: Alert) -> SafeString:
    """The coaching task of an alert, on the alert's page; nothing where there is none."""
    task = task_about(request.user, alert)
    return render_to_string("coaching/alert_panel.html", {"task": task}, request=request) if task else SafeString()


def learning_chosen(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today while something to learn from was chosen this week and not looked at."""
    chosen = recommended_lately(me)
    if not chosen:
        return SafeString()
    return render_to_string("coaching/learning_today.html", {"chosen": chosen}, request=request)
