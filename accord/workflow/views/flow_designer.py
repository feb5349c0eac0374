"""The designer of flows: the page, saving, checking, a dry run, and the definition as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.requests import SignedInRequest
from accord.workflow.access.design import designer_for, flow_version_to_design
from accord.workflow.errors.versions import StaleDraft
from accord.workflow.forms.designer import sent_definition
from accord.workflow.forms.flow_designer import FlowTextForm, as_text, drawable, sent_rehearsal
from accord.workflow.models import FlowVersion
from accord.workflow.queries.designers import conflict_of, file_name_of
from accord.workflow.queries.flow_designer import answer_about, designer_context, differences_in_words
from accord.workflow.queries.flow_rehearsal import rehearse as rehearsed
from accord.workflow.services.versions import save_draft


@require_http_methods(["GET", "HEAD", "POST"])
def design(request: SignedInRequest, pk: int) -> HttpResponse:
    """The designer; without a script the flow as a list, and its JSON to be edited."""
    version = flow_version_to_design(request.user, pk)
    if request.method != "POST":
        first = FlowTextForm(initial={"body": as_text(version.body), "revision": version.revision})
        return _page(request, version, first)
    form = FlowTextForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, version, form)
    try:
        save_draft(version, form.cleaned_data["definition"], form.cleaned_data["revision"], designer_for(request.user))
    except StaleDraft as error:
        form.add_error(None, f"{error} {error.advice()}")
        return _page(request, version, form)
    messages.success(request, _("Saved."))
    return redirect("workflow:flow_designer", pk)


@require_POST
def save(request: SignedInRequest, pk: int) -> JsonResponse:
    """Save over the revision the canvas grew from; answer with what is wrong with the flow, or with who was first."""
    version = flow_version_to_design(request.user, pk)
    body, revision = sent_definition(request)
    try:
        saved = save_draft(version, drawable(body), revision, designer_for(request.user))
    except StaleDraft:
        theirs = flow_version_to_design(request.user, pk)
        conflict = conflict_of(theirs, differences_in_words(theirs.flow, body, theirs.body))
        return _json({"conflict": conflict}, status=409)
    return _json({"revision": saved, **answer_about(version.flow, body)})


@require_POST
def check(request: SignedInRequest, pk: int) -> JsonResponse:
    """Say what is wrong with a flow, and every card in words, without keeping anything."""
    version = flow_version_to_design(request.user, pk)
    body, _revision = sent_definition(request)
    return _json(answer_about(version.flow, drawable(body)))


@require_POST
def rehearse(request: SignedInRequest, pk: int) -> JsonResponse:
    """Walk the flow on the canvas for one person; nothing is started."""
    version = flow_version_to_design(request.user, pk)
    sent = sent_rehearsal(request)
    run = rehearsed(version.flow, drawable(sent.body), sent.starter, sent.person, sent.values)
    return _json(run.as_json())


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """The definition as a file."""
    version = flow_version_to_design(request.user, pk)
    headers = {"Content-Disposition": f'attachment; filename="{file_name_of(version)}"'}
    return HttpResponse(as_text(version.body) + "\n", content_type="application/json", headers=headers)


def _page(request: SignedInRequest, version: FlowVersion, form: FlowTextForm) -> HttpResponse:
    context = designer_context(version) | {"form": form}
    return render(request, "workflow/flow_designer.html", context, status=422 if form.is_bound else 200)


def _json(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
