"""Drafts of development plans: begun with one click, shared with the other side, or thrown away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accord.coaching.access import development_plans as access
from accord.coaching.forms.development_plans import ShareForm
from accord.coaching.services.development_plans import drafting


@require_POST
def draft(request: HttpRequest, person: int) -> HttpResponse:
    """One click: a draft for oneself or somebody one leads, from what `source` names or from nothing."""
    employee, me = access.person_to_plan_for(request.user, person)
    made = drafting.draft_from(request.POST.get("source", "")[:80], employee, me)
    return redirect("coaching:plan", pk=made.pk)


@require_POST
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the draft before the other side."""
    found, me = access.plan_to_change(request.user, pk)
    form = ShareForm(request.POST)
    drafting.share(found, me, form.cleaned_data["manager"] if form.is_valid() else -1)
    messages.success(request, _("Shared. Both of you can change it now, and agree to it."))
    return redirect("coaching:plan", pk=pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the draft away."""
    found = access.draft_to_discard(request.user, pk, request.POST.get("shown", ""))
    if found:
        drafting.discard(*found)
    messages.success(request, _("The draft is gone. Nobody else had seen it."))
    return redirect("coaching:plans")
