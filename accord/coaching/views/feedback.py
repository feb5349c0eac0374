"""Feedback: one's own lists, one feedback, and what its receiver and its author do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access import feedback as access
from accord.coaching.errors.feedback import FeedbackWithdrawn
from accord.coaching.forms.feedback import ReplyForm
from accord.coaching.queries import feedback as queries
from accord.coaching.queries.feedback_agenda import next_talk_about, stands_in
from accord.coaching.queries.feedback_views import VIEWS, views_of
from accord.coaching.services.feedback import answers, sending, taking_further
from accord.foundation.written import gives_back
from accord.people.access import own_employee

PER_PAGE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What I was given, what I wrote, what my team may read; above it the requests that wait for me."""
    me = own_employee(request.user)
    if me is None:
        return render(request, "coaching/feedback_index.html", {"me": None})
    view = request.GET.get("view", "")
    view = view if view in VIEWS else next(iter(VIEWS))
    found = VIEWS[view].list(access.visible_feedback(request.user), me)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"me": me, "view": view, "views": views_of(view), "page": page, "requests": queries.open_requests(me)}
    return render(request, "coaching/feedback_index.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One feedback as it was sent; its receiver's first look is the receipt."""
    return _page(request, _opened(request, pk))


@require_safe
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The formal record, with the fields of the template."""
    seen = _opened(request, pk)
    return render(request, "coaching/feedback_record.html", {"feedback": seen.feedback})


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back while it is unread."""
    sending.withdraw(access.given_feedback(request.user, pk))
    messages.success(request, _("Withdrawn. Only you can see it now."))
    return redirect("coaching:feedback_page", pk=pk)


@require_POST
def thank(request: HttpRequest, pk: int) -> HttpResponse:
    """Say thank you."""
    answers.thank(access.received_feedback(request.user, pk))
    messages.success(request, _("Your thanks were passed on."))
    return redirect("coaching:feedback_page", pk=pk)


@require_POST
def take_further(request: HttpRequest, pk: int) -> HttpResponse:
    """Put it on the agenda of the next one-on-one."""
    talk = taking_further.take_into_next_talk(access.received_feedback(request.user, pk))
    messages.success(request, _("It stands on the agenda of your next one-on-one."))
    return redirect("coaching:one_on_one", pk=talk.pk)


@require_POST
@gives_back("text")
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask something back, or answer it."""
    seen, form = access.feedback_between(request.user, pk), ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, seen, form)
    answers.reply(seen.feedback, seen.me, form.cleaned_data["text"])
    return redirect("coaching:feedback_page", pk=pk)


def _opened(request: HttpRequest, pk: int) -> access.SeenFeedback:
    """A feedback to read, with the receipt if its receiver does."""
    seen = access.feedback_for(request.user, pk)
    if seen.is_receiver and not answers.receive(seen.feedback):
        raise FeedbackWithdrawn
    return seen


def _ways(seen: access.SeenFeedback) -> dict[str, Any]:
    """Where the receiver can take it from here."""
    if not seen.is_receiver:
        return {}
    standing = stands_in(seen.feedback)
    return {"standing": standing, "next_talk": standing or next_talk_about(seen.feedback)}


def _page(request: HttpRequest, seen: access.SeenFeedback, wrong: ReplyForm | None = None) -> HttpResponse:
    context: dict[str, Any] = {"seen": seen, "feedback": seen.feedback}
    if seen.is_mine:
        context |= _ways(seen)
        context |= {"thread": queries.thread_of(seen.feedback), "reply_form": wrong or ReplyForm()}
    return render(request, "coaching/feedback_page.html", context, status=422 if wrong else 200)
