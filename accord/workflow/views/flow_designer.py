"""The designer of flows: the page, saving, checking, a dry run, and the definition as a file."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.requests import SignedInRequest
from accord.workflow.access.design import designer_for, flow_version_to_design
from accord.workflow.forms.flow_designer import FlowDefinitionForm, sent_flow, sent_rehearsal
from accord.workflow.models import FlowVersion
from accord.workflow.queries.designers import definition_text
from accord.workflow.queries.flow_designer import answer_about, designer_context, differences_in_words
from accord.workflow.queries.flow_rehearsal import rehearse as rehearsed
from accord.workflow.views.designers import definition_file, kept, replaced, told


@require_safe
def designer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The designer of a draft; any other version is there to look at. Without a script: a list, and its JSON."""
    return _page(request, flow_version_to_design(request.user, pk))


@require_POST
def save(request: SignedInRequest, pk: int) -> JsonResponse:
    """Keep what was drawn, unless somebody else saved in between: then say who, when and what theirs says otherwise."""
    version, me = flow_version_to_design(request.user, pk), designer_for(request.user)
    return kept(
        version,
        sent_flow(request),
        me,
        reread=lambda: flow_version_to_design(request.user, pk),
        verdict=partial(answer_about, version.flow),
        differences=partial(differences_in_words, version.flow),
    )


@require_POST
def check(request: SignedInRequest, pk: int) -> JsonResponse:
    """Say what is wrong with a flow, and every card in words, without keeping anything."""
    version = flow_version_to_design(request.user, pk)
    return told(answer_about(version.flow, sent_flow(request).body))


@require_POST
def rehearse(request: SignedInRequest, pk: int) -> JsonResponse:
    """Walk the flow on the canvas for one person; nothing is started."""
    version = flow_version_to_design(request.user, pk)
    sent = sent_rehearsal(request)
    run = rehearsed(version.flow, sent.body, sent.starter, sent.person, sent.values)
    return told(run.as_json())


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """The definition as a file."""
    return definition_file(flow_version_to_design(request.user, pk))


@require_POST
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a definition handed in as text or file: the way in without a script."""
    version, me = flow_version_to_design(request.user, pk), designer_for(request.user)
    form = FlowDefinitionForm(request.POST, request.FILES)
    address = "workflow:flow_designer"
    return replaced(request, version, me, form, address=address, page=partial(_page, request, version))


def _page(
    request: SignedInRequest, version: FlowVersion, form: FlowDefinitionForm | None = None, status: int = 200
) -> HttpResponse:
    written = {"text": definition_text(version), "revision": version.revision}
    context = designer_context(version) | {"form": form or FlowDefinitionForm(initial=written)}
    return render(request, "workflow/flow_designer.html", context, status=status)
