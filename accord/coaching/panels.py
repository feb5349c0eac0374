"""What coaching adds to pages of other apps."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from accord.alerts.models import Alert
from accord.coaching.access.coaching_tasks import task_about
from accord.coaching.access.minutes import visible_minutes
from accord.coaching.queries.commitments import owed_on, rows_of
from accord.coaching.queries.feedback import open_requests, unread_by
from accord.coaching.queries.learning import recommended_lately
from accord.coaching.queries.minutes import confirmed_about, waiting_for
from accord.coaching.queries.one_on_ones import talk_soon
from accord.coaching.queries.plan_page import plans_waiting_for
from accord.foundation.clock import organisation_day
from accord.foundation.components.slots import waiting
from accord.goals.queries.scorecard_pages import CardOf
from accord.people.models import Employee

MOST_PRESSING = 3
MOST_CITED = 12


def task_of_alert(request: HttpRequest, alert: Alert) -> SafeString:
    """The coaching task of an alert, on the alert's page; nothing where there is none."""
    task = task_about(request.user, alert)
    return render_to_string("coaching/alert_panel.html", {"task": task}, request=request) if task else SafeString()


def plans_waiting(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today for each development plan that waits for the reader's yes; nothing where none does."""
    plans = list(plans_waiting_for(me)[:MOST_PRESSING])
    return waiting(request, "coaching/plans_today.html", {"waiting": plans}, len(plans))


def minutes_to_confirm(request: HttpRequest, me: Employee) -> SafeString:
    """Minutes that wait for the reader's confirmation, on Today; nothing where none waits."""
    minutes = list(waiting_for(me)[:MOST_PRESSING])
    return waiting(request, "coaching/minutes_today.html", {"waiting": minutes}, len(minutes))


def commitments_due(request: HttpRequest, me: Employee) -> SafeString:
    """What the reader promised to do by today, on Today; what is overdue comes to the next talk, not here every day."""
    today = organisation_day()
    due = rows_of(owed_on(me, today)[:MOST_PRESSING], me.pk)
    return waiting(request, "coaching/commitments_today.html", {"rows": due, "today": today}, len(due))


def minutes_as_evidence(request: HttpRequest, about: CardOf) -> SafeString:
    """The confirmed minutes of talks in a cycle, on the scorecard, as far as the reader may read them."""
    found = confirmed_about(about.employee, about.cycle.starts_on, about.cycle.ends_on)
    cited = list(found.filter(pk__in=visible_minutes(request.user).values("pk"))[:MOST_CITED])
    if not cited:
        return SafeString()
    return render_to_string("coaching/minutes_evidence.html", {"cited": cited}, request=request)


def feedback_waiting(request: HttpRequest, me: Employee) -> SafeString:
    """One line on Today while feedback is unread, and one while somebody waits for mine; nothing afterwards."""
    unread, asked = unread_by(me), open_requests(me).for_me
    one = unread[0] if len(unread) == 1 else None
    url = reverse("coaching:feedback_page", args=[one.pk]) if one else reverse("coaching:feedback")
    context = {"unread": len(unread), "name": one.author.name if one else "", "url": url, "asked": len(asked)}
    context |= {"asker": asked[0].asker.name if asked else ""}
    return waiting(request, "coaching/feedback_today.html", context, len(unread) + len(asked))


def learning_chosen(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today while something to learn from was chosen this week and not looked at."""
    chosen = recommended_lately(me)
    if not chosen:
        return SafeString()
    return render_to_string("coaching/learning_today.html", {"chosen": chosen}, request=request)


def one_on_one_soon(request: HttpRequest, me: Employee) -> SafeString:
    """A quiet line on Today about the one-on-one that runs or comes within a day; nothing otherwise."""
    talk = talk_soon(me, timezone.now())
    if talk is None:
        return SafeString()
    return render_to_string("coaching/one_on_ones_today.html", {"talk": talk, "me": me}, request=request)
