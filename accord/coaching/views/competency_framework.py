"""Keeping the framework: HR partners and administrators write competencies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.coaching.access.competencies import competency_to_change, ensure_may_keep
from accord.coaching.errors.competencies import CompetencyChanged
from accord.coaching.forms.competencies import CompetencyForm
from accord.coaching.models.competencies import HIGHEST
from accord.coaching.services.framework import add_competency, change_competency, retire_competency
from accord.foundation.requests import SignedInRequest, edition_of
from accord.foundation.written import gives_back

_LEVELS = [f"level{level}" for level in range(1, HIGHEST + 1)]
_words = gives_back("name", "name_en", "summary", "summary_en", *_LEVELS, *[f"{level}_en" for level in _LEVELS])


@require_http_methods(["GET", "HEAD", "POST"])
@_words
def add(request: SignedInRequest) -> HttpResponse:
    """Write a new competency."""
    ensure_may_keep(request.user)
    form = CompetencyForm(request.POST if request.method == "POST" else None)
    if first := form.already_written(request.user):
        return redirect("coaching:competency", pk=first.pk)
    if request.method == "POST" and form.is_valid():
        made = add_competency(form.wording(), request.user)
        messages.success(request, _("Saved."))
        return redirect("coaching:competency", pk=made.pk)
    return _form(request, {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@_words
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Write a competency anew."""
    competency = competency_to_change(request.user, pk)
    form = CompetencyForm(request.POST if request.method == "POST" else None, competency=competency)
    context: dict[str, Any] = {"form": form, "competency": competency}
    if request.method == "POST" and form.is_valid():
        try:
            change_competency(competency, form.wording(), form.cleaned_data["edition"] or 0, request.user)
        except CompetencyChanged as problem:
            if form.already_written(request.user):
                return redirect("coaching:competency", pk=pk)
            return _form(request, context | {"problem": problem})
        messages.success(request, _("Saved."))
        return redirect("coaching:competency", pk=pk)
    return _form(request, context)


@require_POST
def retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask about a competency no more, or again."""
    competency = competency_to_change(request.user, pk)
    retire_competency(competency, edition_of(request), request.user, is_retired=request.POST.get("retire") == "yes")
    messages.success(request, _("Saved."))
    return redirect("coaching:competency", pk=pk)


def _form(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    status = 409 if context.get("problem") else 422 if request.method == "POST" else 200
    return render(request, "coaching/competencies_form.html", context, status=status)
