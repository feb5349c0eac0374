"""When one is away: noted by oneself, read by oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest, day_of
from accord.people.access import own_employee
from accord.people.forms import LeaveForm
from accord.people.models import Employee
from accord.people.queries.leaves import leaves_ahead
from accord.people.services.leaves import end_leave, note_leave


@require_http_methods(["GET", "POST"])
def own(request: SignedInRequest) -> HttpResponse:
    """The leaves of whoever asks that go on or are to come, and one more."""
    me = _me(request)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            note_leave(me, form.cleaned_data["first_day"], form.cleaned_data["last_day"], request.user)
        except BusinessError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Noted. One-on-ones on these days step aside."))
            return redirect("people:leave")
    today = organisation_day()
    context = {"form": form, "leaves": leaves_ahead(me, today), "today": today}
    return render(request, "people/leave.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: SignedInRequest) -> HttpResponse:
    """Take back the leave that begins on the day in `first_day`, or come back early."""
    me, day = _me(request), day_of(request.POST.get("first_day", ""))
    if day and end_leave(me, day, request.user):
        messages.success(request, _("Done. Talks that were called off for it are planned again."))
    return redirect("people:leave")


def _me(request: SignedInRequest) -> Employee:
    me = own_employee(request.user)
    if me is None:
        raise Http404
    return me
