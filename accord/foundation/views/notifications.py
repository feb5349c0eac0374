"""The list behind the bell."""

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accord.foundation.access import notification_for
from accord.foundation.queries.notifications import inbox, shown
from accord.foundation.requests import SignedInRequest
from accord.foundation.services.notifications import mark_all_read, mark_read

PER_PAGE = 20
_LONGEST_KEY = 20


@require_GET
def notifications(request: SignedInRequest) -> HttpResponse:
    """One's notifications, unread ones first."""
    page = Paginator(inbox(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [shown(message) for message in page]
    newest = max((message.pk for message in page), default=0)
    return render(request, "foundation/notifications.html", {"page": page, "rows": rows, "newest": newest})


@require_GET
def open_notification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Mark one as read and go to what it is about. A GET, so that it works from a mail; twice is as good as once."""
    message = notification_for(request.user, pk)
    mark_read(message)
    return HttpResponseRedirect(message.url) if message.url else redirect("foundation:notifications")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark as read what the page showed or could have; what arrived meanwhile stays unread."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal() and len(newest) < _LONGEST_KEY:
        mark_all_read(request.user, up_to=int(newest))
    return redirect("foundation:notifications")
