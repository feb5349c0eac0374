"""Assessment models as people meet them: the list, and the one they are assessed by."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.requests import SignedInRequest
from accord.goals.access.assessment_models import model_to_read, readable_models
from accord.goals.queries.assessment_models import published_for
from accord.goals.queries.model_sheet import sheet_of
from accord.people.access import own_employee
from accord.workflow.access.design import can_design
from accord.workflow.views import design


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
