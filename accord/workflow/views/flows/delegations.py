"""Who decides for me while I am away, and for whom I decide."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accord.foundation.clock import organisation_day
from accord.foundation.errors import BusinessError
from accord.foundation.requests import SignedInRequest
from accord.people.access import own_employee
from accord.workflow.access.delegations import delegation_to_end
from accord.workflow.forms.flows import DelegationForm
from accord.workflow.queries.flow_lists import delegations_of, delegations_to
from accord.workflow.services import flows


@require_http_methods(["GET", "HEAD", "POST"])
def delegations(request: SignedInRequest) -> HttpResponse:
    """My delegations and those I hold; with POST a new one."""
    me = own_employee(request.user)
    if me is None:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "workflow/flows/nobody.html")
    form = DelegationForm(me, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = flows.delegate(me, **form.cleaned_data)
        except BusinessError as error:
            form.add_error(None, f"{error} {error.advice()}")
        else:
            messages.success(request, _("%(name)s decides for you on these days.") % {"name": made.delegate.name})
            return redirect("workflow:delegations")
    context = {"form": form, "mine": delegations_of(me), "held": delegations_to(me), "today": organisation_day()}
    return render(request, "workflow/flows/delegations.html", context, status=422 if form.errors else 200)


@require_POST
def end_delegation(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one of mine before its last day."""
    delegation, me = delegation_to_end(request.user, pk)
    flows.end_delegation(delegation, me)
    messages.success(request, _("Ended. From now on you decide yourself."))
    return redirect("workflow:delegations")
