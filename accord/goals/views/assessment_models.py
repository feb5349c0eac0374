"""Assessment models as people meet them: the list, and the one they are assessed by."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accord.domain.assessment_model import ModelError
from accord.foundation.clock import organisation_day
from accord.foundation.language import readers_language
from accord.foundation.requests import SignedInRequest, asked_for
from accord.goals.access.assessment_models import (
    model_to_read,
    model_version_to_design,
    people_to_assign,
    readable_models,
    version_to_assign,
)
from accord.goals.forms.assigning import AssignForm
from accord.goals.queries.assessment_models import published_for
from accord.goals.queries.cycles import cycle_named, cycles
from accord.goals.queries.model_sheet import sheet_of
from accord.goals.queries.model_simulation import distribution_chart, simulate
from accord.goals.services.assessment_models import assigning
from accord.people.access import own_employee
from accord.workflow.access.design import can_design
from accord.workflow.views import design

PER_PAGE = 50


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Designers: all models. Everybody else: what they are assessed by, and what the people they answer for are."""
    if can_design(request.user):
        return design.index(request, "model")
    me = own_employee(request.user)
    mine = published_for(me.position) if me and me.position else None
    others = readable_models(request.user).order_by("assessment_model__name")
    if mine:
        others = others.exclude(pk=mine.pk)
    context = {"version": mine, "sheet": sheet_of(mine) if mine else None, "others": others[:50]}
    return render(request, "goals/model_mine.html", context)


@require_safe
def shown(request: SignedInRequest, pk: int) -> HttpResponse:
    """One model in use, to be read."""
    version = model_to_read(request.user, pk)
    context = {"version": version, "sheet": sheet_of(version), "designs": can_design(request.user)}
    return render(request, "goals/model_shown.html", context)


@require_safe
def simulation(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version tried on a cycle that is over, for the people whose performance the reader may see."""
    version = model_version_to_design(request.user, pk)
    today = organisation_day()
    tried_on = [cycle for cycle in cycles() if cycle.starts_on <= today]
    ended = [cycle for cycle in tried_on if cycle.ends_on < today]
    cycle = cycle_named(asked_for(request, "cycle")) or next(iter(ended or tried_on), None)
    people = people_to_assign(request.user, version.assessment_model.positions.all())
    context: dict[str, Any] = {"version": version, "cycles": tried_on, "cycle": cycle}
    try:
        found = simulate(version, cycle, people, today) if cycle else None
    except ModelError as error:
        context["problem"] = error.problems[0].explain(readers_language())
        return render(request, "goals/model_simulation.html", context)
    if found and (found.moved or found.unscored):
        page = Paginator(found.moved, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"found": found, "page": page, "chart": distribution_chart(found)}
    return render(request, "goals/model_simulation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Draft agreements from a model in use: for its people, all chosen, or for some of them."""
    version, me = version_to_assign(request.user, pk)
    people = people_to_assign(request.user, version.assessment_model.positions.all())
    form = AssignForm(request.POST if request.method == "POST" else request.GET or None, people=people)
    if request.method == "POST" and form.is_valid():
        done = assigning.assign(version, form.cleaned_data["cycle"], form.chosen(), me)
        told = {"version": version, "done": done, "cycle": form.cycle_chosen}
        return render(request, "goals/model_assigned.html", told)
    context = {"version": version, "form": form, "groups": form.groups()}
    return render(request, "goals/model_assign.html", context, status=422 if request.method == "POST" else 200)
