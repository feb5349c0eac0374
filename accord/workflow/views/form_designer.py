"""The form designer: its page, saving and checking what is drawn, looking at it as it will be, JSON in and out."""

from __future__ import annotations

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from accord.foundation.requests import SignedInRequest
from accord.workflow.access.design import designer_for, form_version_to_design
from accord.workflow.forms.form_designer import FormDefinitionForm, sent_form
from accord.workflow.models import FormVersion
from accord.workflow.queries.designers import definition_text
from accord.workflow.queries.form_designer import difference_in_words, form_designer_page, verdict_on
from accord.workflow.queries.form_palette import FILE_KINDS, PALETTE
from accord.workflow.queries.form_preview import preview_page, preview_told
from accord.workflow.views.designers import definition_file, kept, replaced, told


@require_safe
def designer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The designer of a draft; any other version is there to look at."""
    return _page(request, form_version_to_design(request.user, pk))


@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep what was drawn, unless somebody else saved in between: then say who, when and what theirs says otherwise."""
    version, me = form_version_to_design(request.user, pk), designer_for(request.user)
    return kept(
        version,
        sent_form(request),
        me,
        reread=lambda: form_version_to_design(request.user, pk),
        verdict=lambda body: verdict_on(body, version.form.budget_seconds),
        differences=difference_in_words,
    )


@require_POST
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what is to be mended and how long it takes, without keeping anything."""
    version = form_version_to_design(request.user, pk)
    return told(verdict_on(sent_form(request).body, version.form.budget_seconds))


@require_POST
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is drawn as one of its steps will see it; with answers written into it, what they change."""
    version, me = form_version_to_design(request.user, pk), designer_for(request.user)
    sent = sent_form(request)
    if sent.written:
        return told(preview_told(version, sent.body, sent.step, me, sent.written))
    context = preview_page(version, sent.body, sent.step, me)
    return told({"html": render_to_string("workflow/form_designer/preview_page.html", context, request)})


@require_safe
def export(request: SignedInRequest, pk: int) -> HttpResponse:
    """The definition as a file."""
    return definition_file(form_version_to_design(request.user, pk))


@require_POST
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep a definition handed in as text or file: the way in without a script."""
    version, me = form_version_to_design(request.user, pk), designer_for(request.user)
    form = FormDefinitionForm(request.POST, request.FILES)
    address = "workflow:form_designer"
    return replaced(request, version, me, form, address=address, page=partial(_page, request, version))


def _page(
    request: SignedInRequest, version: FormVersion, form: FormDefinitionForm | None = None, status: int = 200
) -> HttpResponse:
    page = form_designer_page(version)
    written = {"text": definition_text(version), "revision": version.revision}
    context = {
        "version": version,
        "page": page,
        "groups": PALETTE,
        "file_kinds": [{"code": code, "name": name} for code, name in FILE_KINDS],
        "fields": version.body.get("fields", []),
        "form": form or FormDefinitionForm(initial=written),
    }
    return render(request, "workflow/form_designer.html", context, status=status)
