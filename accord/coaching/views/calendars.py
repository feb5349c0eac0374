"""One-on-ones in one's own calendar: the address, and whether invitations come by mail."""

from __future__ import annotations

import hashlib

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access.one_on_ones import feed_of, myself
from accord.coaching.queries.calendars import feed_text
from accord.coaching.services.one_on_ones import feeds
from accord.foundation.requests import edition_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The address of my calendar, and how to use it."""
    found = feed_of(myself(request.user))
    address = feeds.feed_url(found) if found and found.is_open else ""
    context = {"feed": found, "address": address, "by_mail": found is None or found.by_mail}
    return render(request, "coaching/one_on_ones_calendar.html", context)


@require_POST
def open_feed(request: HttpRequest) -> HttpResponse:
    """Make an address; one that was there before is void."""
    feeds.open_feed(myself(request.user), edition_of(request, "seen"))
    messages.success(request, _("The address is made. Any earlier one reads nothing any more."))
    return redirect("coaching:calendar")


@require_POST
def close_feed(request: HttpRequest) -> HttpResponse:
    """Close the address."""
    feeds.close_feed(myself(request.user))
    messages.success(request, _("The address is closed."))
    return redirect("coaching:calendar")


@require_POST
def wish_mail(request: HttpRequest) -> HttpResponse:
    """Invitations by mail, or none."""
    feeds.wish_mail(myself(request.user), request.POST.get("by_mail") == "yes")
    messages.success(request, _("Saved."))
    return redirect("coaching:calendar")


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar reads. The address is the only key, so a wrong one is a page that is not there."""
    reader = feeds.reader_of(token)
    if reader is None:
        raise Http404
    # The stamp moves with the day only, so that a calendar that asks every few minutes is told that nothing changed.
    now = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    text = feed_text(reader, now)
    tag = f'"{hashlib.sha256(text).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, max-age=300", "Referrer-Policy": "no-referrer"}
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers=headers)
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
