"""Asking for feedback, and declining to give it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accord.coaching.access import feedback as access
from accord.coaching.forms.feedback import AskForm, DeclineForm
from accord.coaching.services.feedback import asking
from accord.foundation.errors import BusinessError
from accord.foundation.written import gives_back


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Whom to ask, about what; one page, one submit."""
    me = access.myself(request.user)
    form = AskForm(request.POST or None)
    if form.is_valid():
        try:
            made = asking.ask(me, form.cleaned_data["people"], form.cleaned_data["occasion"])
        except BusinessError as error:
            form.add_error(None, f"{error} {error.advice()}")
        else:
            messages.success(request, _asked(len(made)))
            return redirect("coaching:feedback")
    return render(request, "coaching/feedback_ask.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@gives_back("note")
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Say no, with a word or without."""
    wanted, form = access.request_to_answer(request.user, pk), DeclineForm(request.POST)
    asking.decline(wanted, form.cleaned_data["note"] if form.is_valid() else "")
    messages.success(request, _("Declined. %(name)s has been told.") % {"name": wanted.asker.name})
    return redirect("coaching:feedback")


def _asked(count: int) -> str:
    if not count:
        return _("They were asked before and have not answered yet.")
    return ngettext("%(count)s colleague was asked.", "%(count)s colleagues were asked.", count) % {"count": count}
