"""Filling in a form: the page, its autosave, and the list of what one has begun. Everything works without a script."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accord.foundation.errors import NotUnderstood
from accord.foundation.language import readers_language
from accord.workflow.access import fills as access
from accord.workflow.access.fills import SeenFill
from accord.workflow.errors.forms import AnswersNotAccepted
from accord.workflow.forms.answers import sent_by_script
from accord.workflow.queries.field_views import Problems
from accord.workflow.queries.fills import form_page, told_after_save
from accord.workflow.services import fills
from accord.workflow.services.turns import take_posted

PER_PAGE = 20


@require_GET
def my_forms(request: HttpRequest) -> HttpResponse:
    """What one has begun and not submitted, and what one has handed in."""
    drafts = Paginator(access.own_drafts(request.user), PER_PAGE).get_page(request.GET.get("page"))
    submitted = access.own_submitted(request.user)[:PER_PAGE]
    return render(request, "workflow/my_forms.html", {"drafts": drafts, "submitted": submitted})


@require_http_methods(["GET", "HEAD", "POST"])
def fill_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A form to fill in or to read. A POST keeps what was written, then does what the pressed button says."""
    if request.method != "POST":
        return _page(request, access.fill_for(request.user, pk))
    seen = access.fill_to_write(request.user, pk)
    action = request.POST.get("do", "save")
    refused = take_posted(seen.fill, seen.step, request.POST, request.FILES, seen.me, action)
    if refused:
        return _page(request, access.fill_to_write(request.user, pk), refused)
    if action == "submit" and seen.may_submit:
        return _submitted(request, seen)
    messages.success(request, _("Saved. You can go on whenever you like."))
    return redirect(_way_back(request, pk))


@require_POST
def save_fill(request: HttpRequest, pk: int) -> JsonResponse:
    """Autosave: only what changed in one window, with what each change started from."""
    seen = access.fill_to_write(request.user, pk)
    try:
        message = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    sent = sent_by_script(seen.fill.version, message if isinstance(message, dict) else {})
    saved = fills.save_answers(
        seen.fill, seen.step, sent.changes, sent.revision, seen.me, window=sent.window, seconds=sent.seconds
    )
    told = told_after_save(saved.fill, seen.step, readers_language(), sent.revision)
    return JsonResponse(told | {"conflicts": _conflicts(request, saved, seen)})


@require_POST
def discard_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    seen = access.draft_to_discard(request.user, pk)
    fills.discard(seen.fill, seen.me)
    messages.success(request, _("The draft and its files are gone."))
    return redirect("workflow:fills")


def _submitted(request: HttpRequest, seen: SeenFill) -> HttpResponse:
    try:
        fills.submit_turn(seen.fill, seen.step, {}, seen.me)
    except AnswersNotAccepted as error:
        return _page(request, access.fill_to_write(request.user, seen.fill.pk), error.problems)
    messages.success(request, _("Submitted. Thank you."))
    return redirect("workflow:fill", seen.fill.pk)


def _page(request: HttpRequest, seen: SeenFill, problems: Problems | None = None) -> HttpResponse:
    context = form_page(
        seen.fill, seen.step, readers_language(), reader=request.user, editable=seen.may_edit, problems=problems
    )
    context |= {"seen": seen, "fill": seen.fill}
    return render(request, "workflow/fill_page.html", context, status=422 if problems else 200)


def _conflicts(request: HttpRequest, saved: fills.Saved, seen: SeenFill) -> dict[str, str]:
    """The choice between two texts, ready to stand below each field that has one."""
    if not saved.conflicts:
        return {}
    filling = form_page(saved.fill, seen.step, readers_language())["filling"]
    views = [view for view in (*filling.main, *filling.optional) if view.key in saved.conflicts]
    return {
        view.key: render_to_string("workflow/fields/asides.html", {"field": view, "fill": saved.fill}, request)
        for view in views
    }


def _way_back(request: HttpRequest, pk: int) -> Any:
    """Where the form was shown: this page, or one of an app above."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return back if is_ours else redirect("workflow:fill", pk)["Location"]
