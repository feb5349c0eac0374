"""Who may see my numbers?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accord.foundation.requests import SignedInRequest
from accord.people.access import own_employee
from accord.people.queries.sight import seers_of


@require_GET
def sight(request: SignedInRequest) -> HttpResponse:
    """List for the reader, and about the reader only, everybody who may see their performance, and why."""
    employee = own_employee(request.user)
    seers = seers_of(employee) if employee else []
    return render(request, "people/sight.html", {"employee": employee, "seers": seers})
