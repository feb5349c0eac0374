"""What coaching adds to pages of apps below it."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accord.alerts.models import Alert
from accord.coaching.access.coaching_tasks import task_about
from accord.coaching.queries.feedback import open_requests, unread_by
from accord.people.models import Employee


def task_of_alert(request: HttpRequest, alert: Alert) -> SafeString:
    """The coaching task of an alert, on the alert's page; nothing where there is none."""
    task = task_about(request.user, alert)
    return render_to_string("coaching/alert_panel.html", {"task": task}, request=request) if task else SafeString()


def feedback_waiting(request: HttpRequest, me: Employee) -> SafeString:
    """One line on Today while feedback is unread, and one while somebody waits for mine; nothing afterwards."""
    unread, asked = unread_by(me), open_requests(me).for_me
    if not unread and not asked:
        return SafeString()
    one = unread[0] if len(unread) == 1 else None
    url = reverse("coaching:feedback_page", args=[one.pk]) if one else reverse("coaching:feedback")
    context = {"unread": len(unread), "name": one.author.name if one else "", "url": url, "asked": len(asked)}
    context |= {"asker": asked[0].asker.name if asked else ""}
    return render_to_string("coaching/feedback_today.html", context, request=request)
