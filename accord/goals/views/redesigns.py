"""A redesign: five steps on one screen each, a summary, and the end. Every page works without a script."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.domain.redesign import Step
from accord.foundation.clock import organisation_day
from accord.foundation.requests import whole_number
from accord.goals.access import redesigns as access
from accord.goals.access.position_map import position_for
from accord.goals.errors.redesigns import StepStale
from accord.goals.forms.redesigns import StepForm, said_in, step_form
from accord.goals.models import PositionRedesign
from accord.goals.queries import redesign_page
from accord.goals.queries.redesigns import Standing, objective_choices, standing
from accord.goals.services import redesigns
from accord.people.access import employee_for, own_employee
from accord.workflow.access.design import can_design


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to redesign a position with somebody who holds it."""
    position, me = position_for(pk), own_employee(request.user)
    holder = employee_for(request.user, _number(request, "holder"))
    if me is None:
        raise Http404
    return redirect("goals:redesign", pk=redesigns.start(position, holder, me).pk)


@require_safe
def redesign(request: HttpRequest, pk: int) -> HttpResponse:
    """To the step where it goes on; to the summary once it is over."""
    row = access.redesign_for(request.user, pk)
    if row.state != PositionRedesign.State.OPEN:
        return redirect("goals:redesign_summary", pk=pk)
    return redirect("goals:redesign_step", pk=pk, step=standing(row).next_step.value)


@require_http_methods(["GET", "HEAD", "POST"])
def step_page(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step: read, write, and go on."""
    row, which = access.redesign_for(request.user, pk), _step(step)
    stands = standing(row)
    if request.method != "POST":
        return _step_page(request, stands, which, _form(stands, which, None), {})
    row, me = access.redesign_to_write(request.user, pk)
    form = _form(stands, which, request.POST)
    if not form.is_valid():
        return _invalid(request, stands, which, form)
    try:
        edition = redesigns.save_step(row, which, form.answers(), _number(request, "edition"), me)
    except StepStale as stale:
        if _wants_json(request):
            raise
        return _step_page(request, stands, which, form, {"stale": stale, "theirs": said_in(stands.said, which)}, 409)
    if _wants_json(request):
        return JsonResponse({"edition": edition})
    return _go_on(pk, which, request.POST.get("to", ""))


@require_safe
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The state of the five steps, for a page that stays open."""
    row = access.redesign_for(request.user, pk)
    at = _step(request.GET.get("at", Step.OBJECTIVE.value))
    tag = f'"{row.pk}-{row.edition}-{row.state}-{get_language()}-{at.value}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified(headers={"ETag": tag})
    context = redesign_page.step(standing(row), at)
    answer = render(request, "goals/redesign_rail.html", context)
    answer["ETag"] = tag
    return answer


@require_safe
def summary(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after, what has changed, what is still missing, and the end."""
    row = access.redesign_for(request.user, pk)
    context = redesign_page.summary(standing(row)) | _rights(request, row)
    return render(request, "goals/redesign_summary.html", context)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish what was worked out."""
    row, me = access.redesign_to_end(request.user, pk)
    note = request.POST.get("note", "").replace("\0", "")[:200]
    version = redesigns.finish(row, note, me, _number(request, "edition"))
    messages.success(request, _("Version %(number)d of the map is in force.") % {"number": version.number})
    return redirect("goals:redesign_summary", pk=pk)


@require_POST
def take_into_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what a redesign brought into the draft of the assessment model, and open that."""
    row, me = access.redesign_for_model(request.user, pk)
    draft = redesigns.take_into_model(row, me)
    if draft is None:
        return redirect("goals:models")
    messages.success(request, _("The new KPIs stand in the draft, credited to %(name)s.") % {"name": row.holder.name})
    return redirect("goals:model_designer", pk=draft.pk)


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the redesign aside."""
    row, me = access.redesign_to_end(request.user, pk)
    redesigns.drop(row, me)
    messages.success(request, _("Set aside. What was written can still be read."))
    return redirect("goals:position", pk=row.position_id)


def _step(step: str) -> Step:
    found = next((each for each in Step if each.value == step), None)
    if found is None:
        raise Http404
    return found


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _go_on(pk: int, step: Step, to: str) -> HttpResponse:
    """To the step after, to the one that `to` names, or to the summary after the last."""
    steps = [each.value for each in Step]
    after = steps[steps.index(step.value) + 1 :]
    named = to if to in steps else (after[0] if after and to != "summary" else "")
    return redirect("goals:redesign_step", pk, named) if named else redirect("goals:redesign_summary", pk)


def _number(request: HttpRequest, name: str) -> int:
    found = whole_number(request.POST.get(name, ""))
    if found is None:
        raise Http404
    return found


def _form(stands: Standing, step: Step, data: Any) -> StepForm:
    choices = objective_choices(stands.redesign.holder, organisation_day()) if step == Step.OBJECTIVE else []
    known = redesign_page.known_sources(stands) if step == Step.SOURCE else {}
    return step_form(step, data, stands, objectives=choices, sources=known)


def _invalid(request: HttpRequest, stands: Standing, step: Step, form: StepForm) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"error": {"message": _("A number is not one yet.")}}, status=422)
    return _step_page(request, stands, step, form, {}, 422)


def _step_page(
    request: HttpRequest, stands: Standing, step: Step, form: StepForm, more: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = redesign_page.step(stands, step) | _rights(request, stands.redesign) | {"form": form} | more
    return render(request, "goals/redesign_step.html", context, status=status)


def _rights(request: HttpRequest, row: PositionRedesign) -> dict[str, bool]:
    may_write = access.may_write(request.user, row)
    me = own_employee(request.user)
    leads = may_write and me is not None and me.pk == row.lead_id
    return {"may_write": may_write, "leads": leads, "designs": can_design(request.user)}
