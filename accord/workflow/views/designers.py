"""What all designers answer: JSON to their islands, a definition kept, and the definition as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accord.foundation.errors import BusinessError
from accord.people.models import Employee
from accord.workflow.errors.versions import StaleDraft
from accord.workflow.forms.designer import DefinitionForm, Sent
from accord.workflow.models import DefinitionVersion
from accord.workflow.queries.designers import conflict_of, definition_text, file_name_of
from accord.workflow.services.versions import save_draft

VersionT = TypeVar("VersionT", bound=DefinitionVersion)
FormT = TypeVar("FormT", bound=DefinitionForm)
Body = dict[str, Any]


def told(answer: Mapping[str, Any], status: int = 200) -> JsonResponse:
    """An answer to the island, its Chinese as it is written."""
    return JsonResponse(answer, status=status, json_dumps_params={"ensure_ascii": False})


def definition_file(version: DefinitionVersion) -> HttpResponse:
    """The definition of a version, to be saved as a file."""
    response = HttpResponse(definition_text(version), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name_of(version)}"'
    return response


def kept(
    version: VersionT,
    sent: Sent,
    me: Employee,
    *,
    reread: Callable[[], VersionT],
    verdict: Callable[[Body], Mapping[str, Any]],
    differences: Callable[[Body, Body], list[str]],
) -> JsonResponse:
    """Keep what was drawn, unless somebody else saved in between: then say who, when and what theirs says otherwise."""
    try:
        revision = save_draft(version, sent.body, sent.revision, me)
    except StaleDraft:
        theirs = reread()
        return told({"conflict": conflict_of(theirs, differences(sent.body, theirs.body))}, status=409)
    return told({"revision": revision, **verdict(sent.body)})


def replaced(
    request: HttpRequest,
    version: DefinitionVersion,
    me: Employee,
    form: FormT,
    *,
    address: str,
    page: Callable[[FormT, int], HttpResponse],
) -> HttpResponse:
    """Keep a definition handed in as text or file: the way in without a script. `page` shows the form with a status."""
    if not form.is_valid():
        return page(form, 422)
    try:
        save_draft(version, form.cleaned_data["body"], form.cleaned_data["revision"], me)
    except BusinessError as error:
        form.add_error("text", f"{error} {error.advice()}")
        return page(form, error.status)
    messages.success(request, _("Saved."))
    return redirect(address, pk=version.pk)
