"""The watch list of a line manager."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.alerts.access.watch_list import alert_to_take_up, watch_list_of
from accord.alerts.queries.switches import budget, limit
from accord.alerts.queries.watch_list import watched
from accord.alerts.services.watching import take_up
from accord.people.access import direct_reports

PER_PAGE = 20


@require_safe
def watch_list(request: HttpRequest) -> HttpResponse:
    """What went beyond what the reader can take in a month, without a task; the newest first."""
    page = Paginator(watch_list_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    most = limit(budget().per_month, direct_reports(request.user).count())
    context = {"page": page, "watched": watched(page.object_list), "most": most}
    return render(request, "alerts/watch_list.html", context)


@require_POST
def take_up_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an alert from the list to talk about it now."""
    alert, me = alert_to_take_up(request.user, pk)
    take_up(alert, me)
    messages.success(request, _("Taken up. The coaching task is among what you owe."))
    return redirect("alerts:alert", pk)
