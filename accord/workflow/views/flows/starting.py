"""Starting a flow: what is offered, and the page on which one is filled in and sent off."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accord.foundation.requests import SignedInRequest
from accord.people.access import own_employee
from accord.workflow.queries.offered_flows import offered_flows


@require_safe
def start_list(request: SignedInRequest) -> HttpResponse:
    """What I may start."""
    me = own_employee(request.user)
    if me is None:
        return render(request, "workflow/flows/nobody.html")
    return render(request, "workflow/flows/start_list.html", {"offered": offered_flows(me)})


def start(request: SignedInRequest, pk: int) -> HttpResponse:
    return start_list(request)
