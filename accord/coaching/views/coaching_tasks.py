"""Coaching tasks: my list, one task, and what can be done with it. Every form works without a script."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.coaching.access import coaching_tasks as access
from accord.coaching.forms.coaching_tasks import CloseForm, SnoozeForm, StepForm
from accord.coaching.models import CoachingStep
from accord.coaching.queries.coaching_tasks import desk_of, path_of, suggested_outcome
from accord.coaching.services import coaching_tasks
from accord.foundation.clock import organisation_day
from accord.foundation.written import gives_back
from accord.people.access import own_employee

PER_PAGE = 20


@require_safe
def task_list(request: HttpRequest) -> HttpResponse:
    """What waits for me, what was passed up to me, what is about me, and what is closed."""
    me = own_employee(request.user)
    led, visible = access.led_tasks(request.user), access.visible_tasks(request.user)
    desk = desk_of(me, led, visible) if me else None
    closed = Paginator(desk.closed, PER_PAGE).get_page(request.GET.get("page")) if desk else None
    context = {"desk": desk, "closed": closed, "today": organisation_day()}
    return render(request, "coaching/task_list.html", context)


@require_safe
def task_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One task as a path of steps, as far as the reader may see it."""
    return _page(request, pk)


@require_POST
@gives_back("note")
def take_step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Record that the evidence was looked at, the talk held, an action agreed."""
    if kind not in CoachingStep.Kind.values:
        raise Http404
    task, me = access.task_to_work_on(request.user, pk)
    form = StepForm(kind, request.POST, prefix=kind)
    if not form.is_valid():
        return _page(request, pk, {kind: form})
    coaching_tasks.take_step(task, kind, form.cleaned_data["note"], me)
    return _done(request, pk, _("Recorded."))


@require_POST
@gives_back("reason")
def snooze(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the task off for a while, with a reason."""
    task, me = access.task_to_work_on(request.user, pk)
    form = SnoozeForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, {"snooze": form})
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    coaching_tasks.snooze(task, until, reason, me)
    return _done(request, pk, _("Put off until %(day)s.") % {"day": until.isoformat()})


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up a task that was put off."""
    coaching_tasks.resume(*access.task_to_work_on(request.user, pk))
    return _done(request, pk, _("The task is on your list again."))


@require_POST
@gives_back("note")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the task with its outcome."""
    task, me = access.task_to_work_on(request.user, pk)
    form = CloseForm(request.POST, prefix="close")
    if not form.is_valid():
        return _page(request, pk, {"close": form})
    coaching_tasks.close(task, form.cleaned_data["outcome"], form.cleaned_data["note"], me)
    return _done(request, pk, _("Closed. The outcome is kept with the task."))


def _page(request: HttpRequest, pk: int, wrong: dict[str, forms.Form] | None = None) -> HttpResponse:
    """The page of a task; forms that were filled in wrongly are shown again as they were sent."""
    wrong = wrong or {}
    seen = access.task_for(request.user, pk)
    context: dict[str, Any] = {"seen": seen, "task": seen.task, "today": organisation_day()}
    path = path_of(seen.task)
    context["agreed"] = any(place.step for place in path if place.kind == CoachingStep.Kind.ACTION)
    if seen.is_led:
        path = [place.with_form(wrong.get(place.kind) or StepForm(place.kind, prefix=place.kind)) for place in path]
        outcome = suggested_outcome(seen.task, path)
        close_form = wrong.get("close") or CloseForm(prefix="close", initial={"outcome": outcome})
        context |= {"snooze_form": wrong.get("snooze") or SnoozeForm(), "close_form": close_form, "wrong": wrong}
    return render(request, "coaching/task_page.html", context | {"path": path}, status=422 if wrong else 200)


def _done(request: HttpRequest, pk: int, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("coaching:task", pk=pk)
