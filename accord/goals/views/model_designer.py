"""The designer of assessment models: the page, saving, checking, KPIs to choose from, and the definition as a file."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.requests import SignedInRequest
from accord.goals.access.assessment_models import model_version_to_design
from accord.goals.forms.model_designer import ModelDefinitionForm, sent_model, sent_search
from accord.goals.models import AssessmentModelVersion
from accord.goals.queries.model_designer import (
    choices_of,
    differences_in_words,
    evened_weights,
    forms_and_flows,
    metric_choices,
    missing_choices,
    model_page,
    verdict_on,
)
from accord.goals.queries.model_sheet import sheet_of
from accord.workflow.access.design import designer_for
from accord.workflow.queries.designers import definition_text
from accord.workflow.views.designers import definition_file, kept, replaced, told


@require_safe
def designer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The designer of a draft; any other version is there to look at. Without a script: the model, and its JSON."""
    return _page(request, model_version_to_design(request.user, pk))


@require_POST
def save(request: SignedInRequest, pk: int) -> JsonResponse:
    """Keep what was drawn, unless somebody else saved in between."""
    version, me = model_version_to_design(request.user, pk), designer_for(request.user)
    return kept(
        version,
        sent_model(request),
        me,
        reread=lambda: model_version_to_design(request.user, pk),
        verdict=verdict_on,
        differences=differences_in_words,
    )


@require_POST
def check(request: SignedInRequest, pk: int) -> JsonResponse:
    """Say what is to be mended, and draw the curves anew, without keeping anything."""
    model_version_to_design(request.user, pk)
    return told(verdict_on(sent_model(request).body))


@require_POST
def metrics(request: SignedInRequest, pk: int) -> JsonResponse:
    """Metrics of the library whose name holds what was typed."""
    model_version_to_design(request.user, pk)
    return told({"metrics": choices_of(metric_choices(sent_search(request)))})


@require_POST
def even(request: SignedInRequest, pk: int) -> JsonResponse:
    """Weights that make exactly 100 %, as near as can be to those drawn."""
    model_version_to_design(request.user, pk)
    return told({"weights": evened_weights(sent_model(request).body)})


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """The definition as a file."""
    return definition_file(model_version_to_design(request.user, pk))


@require_POST
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a definition handed in as text or file: the way in without a script."""
    version, me = model_version_to_design(request.user, pk), designer_for(request.user)
    form = ModelDefinitionForm(request.POST, request.FILES)
    address = "goals:model_designer"
    return replaced(request, version, me, form, address=address, page=partial(_page, request, version))


def _page(
    request: SignedInRequest,
    version: AssessmentModelVersion,
    form: ModelDefinitionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    written = {"text": definition_text(version), "revision": version.revision}
    forms, flows = forms_and_flows()
    context = {
        "version": version,
        "page": model_page(version),
        "sheet": sheet_of(version),
        "forms": forms,
        "flows": flows,
        "missing": missing_choices(),
        "form": form or ModelDefinitionForm(initial=written),
    }
    return render(request, "goals/model_designer.html", context, status=status)
