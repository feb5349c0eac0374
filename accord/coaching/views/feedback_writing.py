"""Writing feedback: one page that keeps what is typed, hints while it is typed, and works without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.coaching.access import feedback as access
from accord.coaching.forms.feedback import FeedbackForm, answers_of, first_answers, token_of
from accord.coaching.forms.feedback_competencies import choices_for, choices_for_another
from accord.coaching.forms.feedback_hints import hinted
from accord.coaching.models import Feedback
from accord.coaching.queries.feedback import draft_of_form
from accord.coaching.queries.feedback_time import predicted
from accord.coaching.services.feedback.drafts import keep_draft, throw_away
from accord.coaching.services.feedback.sending import send
from accord.foundation.errors import BusinessError
from accord.foundation.requests import asked_for
from accord.foundation.shown import shown_to
from accord.people.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """An empty form; posted, it keeps a draft, looks for hints or sends, as the button says."""
    me = access.myself(request.user)
    if request.method == "POST":
        return _taken(request, me)
    wanted = asked_for(request, "request")
    answering = access.request_to_answer(request.user, int(wanted)) if wanted.isdecimal() else None
    initial = first_answers(asked_for(request, "to"), asked_for(request, "kind"), answering)
    return _form_page(request, me, FeedbackForm(initial=initial))


@require_safe
def write(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a draft."""
    draft = access.draft_for(request.user, pk)
    return _form_page(request, draft.author, FeedbackForm(initial=answers_of(draft)), draft)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """What the page posts while somebody writes: the draft is kept if it can be, the hints come back."""
    me, form = access.myself(request.user), FeedbackForm(request.POST)
    kept = _keep(request, me, form)
    context = {"form": form, "draft": kept, "hints": hinted(me, form, kept), "choices": choices_for_another(form)}
    response = render(request, "coaching/feedback_hints.html", context | {"is_live": True})
    if kept and not kept.edition:
        response["HX-Replace-Url"] = reverse("coaching:feedback_write", args=[kept.pk])
    return response


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; a second click finds it gone."""
    draft = access.draft_to_discard(request.user, pk, request.POST.get("shown", ""))
    if draft:
        throw_away(draft)
    messages.success(request, _("The draft is gone."))
    return redirect("coaching:feedback")


def _taken(request: HttpRequest, me: Employee) -> HttpResponse:
    """The form as it was posted by a button."""
    is_sent = request.POST.get("action") == "send"
    form = FeedbackForm(request.POST, complete=is_sent)
    before = _made_so_far(me, form)
    if before and _is_sent_as_it_stands(before, form):
        return redirect("coaching:feedback_page", pk=before.pk)  # A second click on “send”.
    kept = _keep(request, me, form)
    if kept and is_sent and _sent(kept, form):
        messages.success(request, _("Sent to %(name)s.") % {"name": kept.receiver.name})
        return redirect("coaching:feedback_page", pk=kept.pk)
    if kept and request.POST.get("action") == "record":
        return redirect("coaching:record", pk=kept.pk)
    if kept and request.POST.get("action") == "save":
        messages.success(request, _("The draft is kept. Only you can see it."))
        return redirect("coaching:feedback")
    now = _made_so_far(me, form)
    if now and _is_sent_as_it_stands(now, form):
        return redirect("coaching:feedback_page", pk=now.pk)  # The first click was still on its way.
    return _form_page(request, me, form, kept or now)


def _is_sent_as_it_stands(feedback: Feedback, form: FeedbackForm) -> bool:
    return feedback.state != Feedback.State.DRAFT and form.says_the_same_as(feedback)


def _keep(request: HttpRequest, me: Employee, form: FeedbackForm) -> Feedback | None:
    """Keep what can be kept; what can't is said in the form."""
    if not form.is_valid():
        return None
    wanted = form.cleaned_data["request"]
    try:
        answering = access.request_to_answer(request.user, wanted) if wanted else None
        return keep_draft(me, form.form(), form.written(), answering)
    except BusinessError as error:
        form.refuse(error)
        return None


def _sent(draft: Feedback, form: FeedbackForm) -> bool:
    try:
        send(draft)
    except BusinessError as error:
        form.refuse(error)
        return False
    return True


def _made_so_far(me: Employee, form: FeedbackForm) -> Feedback | None:
    token = token_of(form["token"].value())
    return draft_of_form(me, token) if token else None


def _form_page(request: HttpRequest, me: Employee, form: FeedbackForm, draft: Feedback | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "draft": draft, "seconds": predicted()}
    context |= {"hints": hinted(me, form, draft), "choices": choices_for(form)}
    if draft:
        context["shown"] = shown_to(request.user, draft)
    return render(request, "coaching/feedback_write.html", context, status=422 if form.errors else 200)
