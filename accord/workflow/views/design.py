"""What is designed as a whole: the list of a kind, one with its versions, and what becomes of a version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest, asked_for
from accord.people.models import Employee
from accord.workflow.access.design import (
    can_design,
    can_lift_approval,
    definition_to_design,
    designer_for,
    ensure_may_design,
    version_to_compare,
    version_to_design,
)
from accord.workflow.forms.design import DesignSettings, ReasonForm
from accord.workflow.forms.design_pages import pages_of
from accord.workflow.queries.design import definitions, difference_of, versions_of
from accord.workflow.services import versions

PER_PAGE = 25


@require_safe
def index(request: SignedInRequest, kind: str) -> HttpResponse:
    """All definitions of a kind."""
    ensure_may_design(request.user)
    search = asked_for(request, "q")
    page = Paginator(definitions(kind, search), PER_PAGE).get_page(request.GET.get("page"))
    pages = pages_of(kind)
    return render(request, pages.template("index"), {"pages": pages, "kind": kind, "page": page, "search": search})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, kind: str) -> HttpResponse:
    """Make a definition, and go on to draw its first version."""
    designer, pages = designer_for(request.user), pages_of(kind)
    form = pages.settings(request.POST or None)
    if form.is_valid():
        made = versions.add_definition(form.save(commit=False), designer)
        form.save_m2m()
        return redirect(pages.url("", made.pk))
    context = {"pages": pages, "kind": kind, "form": form}
    return render(request, pages.template("settings"), context, status=422 if form.is_bound else 200)


@require_safe
def definition(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """One definition: what it is for, and its versions."""
    found, pages = definition_to_design(request.user, kind, pk), pages_of(kind)
    context = {"pages": pages, "kind": kind, "definition": found, "lines": versions_of(found), "reason": ReasonForm()}
    return render(request, pages.template("definition"), context)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Change what holds for all versions."""
    found, pages = definition_to_design(request.user, kind, pk), pages_of(kind)
    form = pages.settings(request.POST or None, instance=found)
    if form.is_valid() and form.lifts_approval and not can_lift_approval(request.user):
        form.add_error("approval_flow", _("Only an administrator takes away or replaces an approval that was set."))
    if form.is_valid() and _are_saved(form, designer_for(request.user)):
        messages.success(request, _("Saved."))
        return redirect(pages.url("", pk))
    context = {"pages": pages, "kind": kind, "form": form, "definition": found}
    return render(request, pages.template("settings"), context, status=422 if form.is_bound else 200)


@require_POST
def new_version(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Begin the next version."""
    found = definition_to_design(request.user, kind, pk)
    draft = versions.new_draft(found, designer_for(request.user))
    return redirect(pages_of(kind).url("designer", draft.pk))


@require_POST
def submit(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Send a draft through approval."""
    version = version_to_design(request.user, kind, pk)
    versions.submit_for_approval(version, designer_for(request.user), _reason(request))
    return _done(request, kind, version, _("Version %(number)s is on its way through approval."))


@require_POST
def publish(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Publish a version; what runs on an earlier one keeps it."""
    version = version_to_design(request.user, kind, pk)
    versions.publish(version, designer_for(request.user), _reason(request))
    return _done(request, kind, version, _("Version %(number)s holds from now on."))


@require_POST
def retire(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Take the published version out of use."""
    version = version_to_design(request.user, kind, pk)
    versions.retire(version, designer_for(request.user))
    return _done(request, kind, version, _("Version %(number)s is out of use. What runs on it goes on."))


@require_POST
def restore(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Begin a new version that says what this one said."""
    version = version_to_design(request.user, kind, pk)
    note = _("as version %(number)s was") % {"number": version.number}
    draft = versions.restore(version, designer_for(request.user), note)
    return _done(request, kind, draft, _("Version %(number)s is a new draft."))


@require_POST
def discard(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """Throw a draft away."""
    version = version_to_design(request.user, kind, pk)
    versions.discard(version, designer_for(request.user))
    return _done(request, kind, version, _("The draft of version %(number)s is discarded."))


@require_safe
def difference(request: SignedInRequest, kind: str, pk: int) -> HttpResponse:
    """What a version says otherwise than the one before it, or than another one, in words."""
    version = version_to_compare(request.user, kind, pk)
    shown = difference_of(version, asked_for(request, "from"))
    pages = pages_of(kind)
    context = {"pages": pages, "kind": kind, "definition": version.definition, "version": version, "shown": shown}
    context["designs"] = can_design(request.user)
    return render(request, pages.template("difference"), context)


def _are_saved(form: DesignSettings, designer: Employee) -> bool:
    """Save valid settings; what stands against it is said in the form."""
    try:
        versions.save_settings(form.save(commit=False), designer)
    except BusinessError as error:
        form.add_error(None, f"{error} {error.advice()}")
        return False
    form.save_m2m()
    return True


def _reason(request: SignedInRequest) -> str:
    form = ReasonForm(request.POST)
    return str(form.cleaned_data["reason"]) if form.is_valid() else ""


def _done(request: SignedInRequest, kind: str, version: Any, sentence: str) -> HttpResponse:
    messages.success(request, sentence % {"number": version.number})
    return redirect(pages_of(kind).url("", version.definition.pk))
